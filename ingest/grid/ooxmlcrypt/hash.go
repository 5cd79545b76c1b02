package ooxmlcrypt

import (
	"crypto/md5"  //nolint:gosec // what the format prescribes
	"crypto/sha1" //nolint:gosec // what the format prescribes
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
	"hash"
	"strings"

	"golang.org/x/crypto/md4"       //nolint:staticcheck,gosec // what the format prescribes
	"golang.org/x/crypto/ripemd160" //nolint:staticcheck,gosec // what the format prescribes

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// maxSpins is the largest count of rounds that the format allows (MS-OFFCRYPTO
// 2.3.4.10, ST_SpinCount): a few seconds of work.
const maxSpins = 10_000_000

// segment is after how many bytes agile encryption begins anew (2.3.4.15), and a
// fair piece of work in any case.
const segment = 4096

// hashByName knows the names of 2.3.4.10, in both spellings; nil for the others.
func hashByName(name string) func() hash.Hash {
	switch strings.ReplaceAll(strings.ToUpper(name), "-", "") {
	case "SHA1":
		return sha1.New
	case "SHA256":
		return sha256.New
	case "SHA384":
		return sha512.New384
	case "SHA512":
		return sha512.New
	case "MD5":
		return md5.New
	case "MD4":
		return md4.New
	case "RIPEMD160":
		return ripemd160.New
	}
	return nil
}

// spin hashes the count of the round and the hash before, over and over.
func spin(b *sheet.Budget, h hash.Hash, sum []byte, rounds int) ([]byte, error) {
	buf := append(make([]byte, 4), sum...)
	for i := range rounds {
		if i%(1<<16) == 0 {
			if err := b.Alive(); err != nil {
				return nil, err
			}
		}
		binary.LittleEndian.PutUint32(buf, uint32(i))
		h.Reset()
		h.Write(buf)
		buf = h.Sum(buf[:4])
	}
	return buf[4:], nil
}

// alive asks now and then whether the caller still waits.
func alive(b *sheet.Budget, done int) error {
	if done%(1<<20) != 0 {
		return nil
	}
	return b.Alive()
}

// digest hashes parts.
func digest(h hash.Hash, parts ...[]byte) []byte {
	h.Reset()
	for _, p := range parts {
		h.Write(p)
	}
	return h.Sum(nil)
}

// fitted cuts a key or salt to a length, or fills it up (2.3.4.11, 2.3.4.12).
func fitted(b []byte, n int) []byte {
	out := make([]byte, n)
	for i := copy(out, b); i < n; i++ {
		out[i] = 0x36
	}
	return out
}
