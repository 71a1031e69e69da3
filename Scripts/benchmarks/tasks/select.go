package main

import "fmt"

func produce(ch chan int, n int) {
	for i := 0; i < n; i++ {
		ch <- i
	}
}

func main() {
	const producers, total = 64, 1_000_000
	a, b := make(chan int), make(chan int)
	const share = total / producers
	for p := 0; p < producers; p++ {
		ch := a
		if p%2 == 1 {
			ch = b
		}
		go produce(ch, share)
	}
	s := 0
	for i := 0; i < share*producers; i++ {
		select {
		case v := <-a:
			s += v
		case v := <-b:
			s += v
		}
	}
	fmt.Println(s)
}
