package storage

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"github.com/jackc/pgx/v5"
)

// SHA256 identifies a blob.
type SHA256 [sha256.Size]byte

// String is the hash in lower-case hexadecimal.
func (h SHA256) String() string { return hex.EncodeToString(h[:]) }

// ParseSHA256 reads the form that String writes.
func ParseSHA256(s string) (SHA256, error) {
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != sha256.Size {
		return SHA256{}, fmt.Errorf("%q is no SHA-256", s)
	}
	return SHA256(b), nil
}

const chunkSize = 1 << 20

// PutBlob stores data once and returns its hash; data that is already there is
// not written again.
func PutBlob(ctx context.Context, q Querier, data []byte) (SHA256, error) {
	return PutBlobFrom(ctx, q, bytes.NewReader(data))
}

// PutBlobFrom is PutBlob for bytes that are read twice from r: once for the
// hash, once in pieces of 1 MiB.
func PutBlobFrom(ctx context.Context, q Querier, r io.ReadSeeker) (SHA256, error) {
	hash := sha256.New()
	size, err := io.Copy(hash, r)
	if err != nil {
		return SHA256{}, fmt.Errorf("hash blob: %w", err)
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return SHA256{}, fmt.Errorf("rewind blob: %w", err)
	}
	sum := SHA256(hash.Sum(nil))
	tag, err := q.Exec(ctx, `insert into blob (sha256, size) values ($1, $2) on conflict do nothing`, sum[:], size)
	if err != nil {
		return sum, fmt.Errorf("store blob: %w", err)
	}
	if tag.RowsAffected() == 0 {
		return sum, nil
	}
	buf := make([]byte, min(size, chunkSize))
	for n := 0; ; n++ {
		k, err := io.ReadFull(r, buf)
		if k > 0 {
			if _, err := q.Exec(ctx, `insert into blob_chunk (sha256, n, data) values ($1, $2, $3)`, sum[:], n, buf[:k]); err != nil {
				return sum, fmt.Errorf("store blob piece %d: %w", n, err)
			}
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || size == 0 {
			return sum, nil
		}
		if err != nil {
			return sum, fmt.Errorf("read blob piece %d: %w", n, err)
		}
	}
}

// ReadBlob returns the whole content of a blob, or ErrNotFound.
func ReadBlob(ctx context.Context, q Querier, sum SHA256) ([]byte, error) {
	var size int64
	err := q.QueryRow(ctx, `select size from blob where sha256 = $1`, sum[:]).Scan(&size)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, fmt.Errorf("blob %s: %w", sum, ErrNotFound)
	}
	if err != nil {
		return nil, fmt.Errorf("read blob %s: %w", sum, err)
	}
	rows, err := q.Query(ctx, `select data from blob_chunk where sha256 = $1 order by n`, sum[:])
	if err != nil {
		return nil, fmt.Errorf("read blob %s: %w", sum, err)
	}
	data := make([]byte, 0, size)
	var piece []byte
	if _, err := pgx.ForEachRow(rows, []any{&piece}, func() error {
		data = append(data, piece...)
		return nil
	}); err != nil {
		return nil, fmt.Errorf("read blob %s: %w", sum, err)
	}
	if int64(len(data)) != size {
		return nil, fmt.Errorf("blob %s: %d bytes of %d are there", sum, len(data), size)
	}
	return data, nil
}
