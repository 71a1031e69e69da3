package main

import "fmt"

func main() {
	const n = 1_000_000
	a, b := make(chan int), make(chan int)
	go func() {
		for i := 0; i < n; i++ {
			b <- <-a
		}
	}()
	s := 0
	for i := 0; i < n; i++ {
		a <- i
		s += <-b
	}
	fmt.Println(s)
}
