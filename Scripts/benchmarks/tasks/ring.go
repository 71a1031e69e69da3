package main

import "fmt"

func node(in, out, done chan int) {
	for {
		v := <-in
		if v == 0 {
			done <- 1
			return
		}
		out <- v - 1
	}
}

func main() {
	const size, hops = 128, 1_000_000
	chans := make([]chan int, size)
	for i := range chans {
		chans[i] = make(chan int)
	}
	done := make(chan int)
	for i := range chans {
		go node(chans[i], chans[(i+1)%size], done)
	}
	chans[0] <- hops
	fmt.Println(<-done)
}
