package match

import (
	"context"
	"sync/atomic"
	"testing"
)

func TestParallelDoesAllOnce(t *testing.T) {
	t.Parallel()
	done := make([]atomic.Int32, 1000)
	if err := Parallel(t.Context(), len(done), func(i int) { done[i].Add(1) }); err != nil {
		t.Fatal(err)
	}
	for i := range done {
		if n := done[i].Load(); n != 1 {
			t.Fatalf("%d was done %d times", i, n)
		}
	}
}

func TestParallelEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := Parallel(ctx, 10, func(int) {}); err == nil {
		t.Error("no error of a context that ended")
	}
}

func TestPanicGoesOnInTheCaller(t *testing.T) {
	t.Parallel()
	defer func() {
		if v := recover(); v != "broken name" {
			t.Errorf("recovered %v", v)
		}
	}()
	_ = Parallel(t.Context(), 100, func(i int) {
		if i == 50 {
			panic("broken name")
		}
	})
}
