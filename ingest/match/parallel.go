package match

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// Parallel does work for 0 to n-1 on all processors, until the context ends; then its
// error is returned. A panic of work goes on in the caller's goroutine, where names
// that break the ranking end one job and not the process.
func Parallel(ctx context.Context, n int, work func(int)) error {
	var next atomic.Int64
	var broken atomic.Pointer[any]
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		wg.Go(func() {
			defer func() {
				if v := recover(); v != nil {
					broken.Store(&v)
				}
			}()
			for ctx.Err() == nil && broken.Load() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				work(i)
			}
		})
	}
	wg.Wait()
	if v := broken.Load(); v != nil {
		panic(*v)
	}
	return ctx.Err()
}
