// Package parallel spreads independent pieces of work over the processors.
package parallel

import (
	"runtime"
	"sync"
)

// For calls each for 0..n-1, in as many goroutines as there are processors, and
// returns the error of the lowest index. A goroutine takes neighbouring indices
// and stops at its first error.
func For(n int, each func(i int) error) error {
	parts := min(runtime.GOMAXPROCS(0), n)
	failed := make([]error, parts)
	var wait sync.WaitGroup
	for part := range parts {
		wait.Go(func() {
			for i := part * n / parts; i < (part+1)*n/parts && failed[part] == nil; i++ {
				failed[part] = each(i)
			}
		})
	}
	wait.Wait()
	for _, err := range failed {
		if err != nil {
			return err
		}
	}
	return nil
}
