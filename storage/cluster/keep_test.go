package cluster_test

import (
	"context"
	"testing"
	"time"
)

func TestTheServerIsTakenOverFromAProcessThatEnds(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	first := start(t, dir)
	second := start(t, dir)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		second.Keep(ctx)
	}()
	if err := exec(t, first, "create table kept (n int)"); err != nil {
		t.Fatal(err)
	}
	if err := first.Stop(); err != nil {
		t.Fatal(err)
	}
	tick, end := time.NewTicker(50*time.Millisecond), time.After(30*time.Second)
	defer tick.Stop()
	for exec(t, second, "select n from kept") != nil {
		select {
		case <-tick.C:
		case <-end:
			t.Fatal("nobody started the server again")
		}
	}
	stop()
	<-ended
	if err := second.Stop(); err != nil {
		t.Fatal(err)
	}
}
