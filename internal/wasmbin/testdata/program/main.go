//go:build js

// Command program does what needs the runtime's tables: it recovers, grows stacks,
// collects garbage and ends in fatal errors. It prints the same whether the tables
// of tracebacks are there or not.
package main

import (
	"errors"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
)

func main() {
	switch os.Args[1] {
	case "checks":
		for _, c := range checks {
			println(c.name+":", c.run())
		}
	case "exports":
		<-make(chan bool)
	case "panic":
		var m map[string]int
		defer println("a deferred call")
		m["asked for"] = 1
	case "goroutine":
		go func() { panic(errors.New("asked for in a goroutine")) }()
		<-make(chan bool)
	case "deadlock":
		<-make(chan bool)
	case "overflow":
		debug.SetMaxStack(1 << 15)
		println(endless(1))
	}
}

var checks = []struct {
	name string
	run  func() string
}{
	{"recover", func() string { return catch(func() { panic("a text") }) }},
	{"recover of a runtime error", func() string { return catch(func() { println(list[len(list)+zero]) }) }},
	{"recover of a nil pointer", func() string { return catch(func() { println(nothing.next.value) }) }},
	{"recover of a division", func() string { return catch(func() { println(1 / zero) }) }},
	{"recover of a conversion", func() string { return catch(func() { println(any(zero).(string)) }) }},
	{"recover in an inlined call", inlinedRecover},
	{"recover two calls deep does not", deepRecover},
	{"recover deferred by itself does not", bareRecover},
	{"recover in a method behind a wrapper", wrappedRecover},
	{"wrapper of a nil pointer", func() string { return catch(func() { callers[zero].call() }) }},
	{"panic in a deferred call", panicTwice},
	{"panic again after recover", func() string { return catch(func() { defer func() { panic(recover()) }(); panic("first") }) }},
	{"deferred in a loop", deferredLoop},
	{"results set after a panic", func() string { return named(7) }},
	{"Goexit runs what is deferred", goexit},
	{"deep recursion", func() string { return number(depth(3_000, &node{value: 1})) }},
	{"recover from deep recursion", func() string { return catch(func() { fall(2_000) }) }},
	{"stacks that grow during collections", growing},
	{"collections keep what frames point to", collected},
	{"goroutines", goroutines},
	{"goroutines in number", func() string { return number(runtime.NumGoroutine()) }},
	{"maps", maps},
	{"closures", closures},
	{"finalizers", finalizers},
	{"select", selected},
	{"strings", func() string { return strings.Repeat("ab", 3) + number(strings.Index("chicken", "ken")) }},
	{"caller", func() string { _, _, _, ok := runtime.Caller(0); return truth(ok) }},
	{"stack", func() string { return truth(len(debug.Stack()) > 0) }},
}

type node struct {
	next  *node
	value int
	more  [4]int
}

var (
	zero    int
	list    []int
	nothing *node
	sink    any
)

// catch returns what a function panicked with.
func catch(f func()) (said string) {
	defer func() { said = text(recover()) }()
	f()
	return "no panic"
}

func text(r any) string {
	switch r := r.(type) {
	case nil:
		return "nil"
	case error:
		return r.Error()
	case string:
		return r
	}
	return "something else"
}

func number(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return number(n/10) + string(rune('0'+n%10))
}

func truth(b bool) string {
	if b {
		return "true"
	}
	return "false"
}

func recoverInto(said *string) { *said = text(recover()) }

// inlined calls recoverInto, which the compiler puts into it.
func inlined(said *string) { recoverInto(said) }

func inlinedRecover() (said string) {
	func() {
		defer recoverInto(&said)
		panic("for an inlined call")
	}()
	return said
}

func deepRecover() (said string) {
	inner := "not called"
	said = catch(func() {
		defer inlined(&inner)
		panic("two calls deep")
	})
	return said + ", inside " + inner
}

func bareRecover() string {
	return catch(func() {
		defer recover()
		panic("not stopped")
	})
}

type caller interface{ call() }

type base struct{ said *string }

func (b base) call() { *b.said = text(recover()) }

type wrapped struct{ base }

// callers is a variable so that the call goes through the wrapper.
var callers = []caller{(*base)(nil)}

func wrappedRecover() (said string) {
	var c caller = &wrapped{base{&said}}
	func() {
		defer c.call()
		panic("behind a wrapper")
	}()
	return said
}

func panicTwice() string {
	return catch(func() {
		defer func() { panic("second") }()
		panic("first")
	})
}

func deferredLoop() (said string) {
	for i := range 5 {
		defer func() { said += number(i) }()
	}
	return catch(func() {
		for range 3 {
			defer func() { recover() }()
		}
		panic("in a loop")
	})
}

func named(n int) (said string) {
	defer func() {
		if recover() != nil {
			said = "set " + number(n)
		}
	}()
	panic(n)
}

func goexit() string {
	said := make(chan string, 1)
	go func() {
		defer func() { said <- "deferred " + text(recover()) }()
		runtime.Goexit()
	}()
	return <-said
}

// depth uses a frame with pointers into itself, which move with the stack.
func depth(n int, from *node) int {
	if n == 0 {
		return from.value
	}
	here := node{next: from, value: from.value + 1}
	here.more[n%4] = n
	return depth(n-1, &here) + here.more[n%4] - n + here.next.value - from.value
}

func fall(n int) {
	var frame [16]int
	defer func() { frame[0]++ }()
	if n == 0 {
		panic("at the bottom")
	}
	fall(n - 1)
}

func endless(n int) int { return endless(n+1) + 1 }

func growing() string {
	done := make(chan int)
	for g := range 20 {
		go func() { done <- descend(1_500, &node{value: g}) }()
	}
	sum := 0
	for range 20 {
		sum += <-done
	}
	return number(sum)
}

func descend(n int, from *node) int {
	if n == 0 {
		return from.value
	}
	heap := &node{next: from, value: from.value}
	if n%500 == 0 {
		runtime.GC()
		runtime.Gosched()
	}
	result := descend(n-1, heap)
	return result + heap.next.value - heap.value
}

func collected() string {
	var first *node
	for i := range 30_000 {
		first = &node{next: first, value: i}
		sink = make([]byte, i%512)
		if i%3_000 == 0 {
			runtime.GC()
		}
	}
	sum := 0
	for n := first; n != nil; n = n.next {
		sum += n.value
	}
	return number(sum)
}

func goroutines() string {
	numbers, sums := make(chan int), make(chan int)
	for range 10 {
		go func() {
			sum := 0
			for n := range numbers {
				sum += n
				sink = make([]*node, 100)
			}
			sums <- sum
		}()
	}
	for n := range 10_000 {
		numbers <- n
	}
	close(numbers)
	total := 0
	for range 10 {
		total += <-sums
	}
	return number(total)
}

func maps() string {
	byText, byNode := map[string]*node{}, map[node]string{}
	for i := range 5_000 {
		name := number(i)
		byText[name] = &node{value: i}
		byNode[node{value: i}] = name
		if i%3 == 0 {
			delete(byText, number(i/2))
		}
	}
	runtime.GC()
	sum := 0
	for name, n := range byText {
		if byNode[*n] == name {
			sum += n.value
		}
	}
	return number(len(byText)) + " " + number(sum)
}

func closures() string {
	var all []func() int
	for i := range 1_000 {
		n := &node{value: i}
		all = append(all, func() int { n.value++; return n.value })
	}
	runtime.GC()
	sum := 0
	for _, f := range all {
		sum += f()
	}
	return number(sum)
}

func finalizers() string {
	done := make(chan string, 1)
	func() {
		n := &node{value: 5}
		runtime.SetFinalizer(n, func(n *node) { done <- "ran " + catch(func() { panic(number(n.value)) }) })
	}()
	for {
		runtime.GC()
		runtime.Gosched()
		select {
		case said := <-done:
			return said
		default:
		}
	}
}

func selected() string {
	a, b := make(chan int), make(chan string)
	go func() { b <- "b" }()
	select {
	case <-a:
		return "a"
	case said := <-b:
		return said
	}
}

// recovers panics inside an export in several ways and returns how often it
// recovered.
//
//go:wasmexport recovers
func recovers(n int32) (times int32) {
	defer func() {
		if recover() != nil {
			times++
		}
	}()
	if catch(func() { fall(int(n)) }) == "at the bottom" {
		times++
	}
	runtime.GC()
	println(list[n])
	return times
}
