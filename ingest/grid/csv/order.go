package csv

import (
	"fmt"
	"runtime"
)

// inOrder does n pieces of work on all cores and takes their results in order. An
// error of take ends it. Whatever happens, no work goes on when it returns, and a
// panic of a worker becomes one of the caller.
func inOrder[T any](n int, do func(i int) T, take func(i int, result T) error) error {
	workers := runtime.GOMAXPROCS(0)
	if n == 1 || workers == 1 {
		for i := range n {
			if err := take(i, do(i)); err != nil {
				return err
			}
		}
		return nil
	}
	type outcome struct {
		result   T
		panicked any
	}
	ahead := 2 * workers // so that no core waits for the one who takes
	slots := make([]chan outcome, ahead)
	for i := range slots {
		slots[i] = make(chan outcome, 1)
	}
	start := func(i int) {
		go func() {
			var o outcome
			defer func() {
				if o.panicked = recover(); o.panicked != nil {
					o.panicked = fmt.Sprintf("piece %d: %v", i, o.panicked)
				}
				slots[i%ahead] <- o
			}()
			o.result = do(i)
		}()
	}
	started := 0
	for ; started < min(n, ahead); started++ {
		start(started)
	}
	for i := range n {
		o := <-slots[i%ahead]
		err := error(nil)
		if o.panicked == nil {
			err = take(i, o.result)
		}
		if o.panicked != nil || err != nil {
			for k := i + 1; k < started; k++ {
				<-slots[k%ahead]
			}
			if o.panicked != nil {
				panic(o.panicked)
			}
			return err
		}
		if started < n {
			start(started)
			started++
		}
	}
	return nil
}
