package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	const n = 1_000_000
	start := time.Now()
	var all sync.WaitGroup
	all.Add(n)
	for i := 0; i < n; i++ {
		go func(d time.Duration) {
			time.Sleep(d)
			all.Done()
		}(10*time.Second - time.Since(start))
	}
	all.Wait()
	fmt.Println(n)
}
