package main

import "fmt"

func filter(in, out chan int, p int) {
	for v := range in {
		if v%p != 0 {
			out <- v
		}
	}
	close(out)
}

func main() {
	const limit = 20_000
	source := make(chan int)
	first := source
	go func() {
		for i := 2; i <= limit; i++ {
			first <- i
		}
		close(first)
	}()
	count := 0
	for {
		p, open := <-source
		if !open {
			break
		}
		count++
		next := make(chan int)
		go filter(source, next, p)
		source = next
	}
	fmt.Println(count)
}
