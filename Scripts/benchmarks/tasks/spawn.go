package main

import "fmt"

func main() {
	const n = 100_000
	ch := make(chan int)
	for i := 0; i < n; i++ {
		i := i
		go func() { ch <- i }()
	}
	s := 0
	for i := 0; i < n; i++ {
		s += <-ch
	}
	fmt.Println(s)
}
