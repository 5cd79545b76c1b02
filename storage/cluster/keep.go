package cluster

import (
	"context"
	"time"
)

// keepEvery is how often Keep looks whether the server is there.
const keepEvery = 2 * time.Second

// Keep starts the server anew when it is gone, until ctx ends: it ends with the
// process that started it, which may be another one, and it may crash. Stop must
// wait for Keep to return.
func (c *Cluster) Keep(ctx context.Context) {
	tick := time.NewTicker(keepEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if c.reachable(ctx) || ctx.Err() != nil {
			continue
		}
		if err := c.takeOver(ctx); err != nil && ctx.Err() == nil {
			c.opt.Logger.Warn("start own PostgreSQL again", "error", err)
		}
	}
}

// takeOver starts the server, unless somebody else has done so meanwhile.
func (c *Cluster) takeOver(ctx context.Context) error {
	if c.server != nil {
		select {
		case <-c.exited:
			c.server = nil
		default:
			return nil // busy or starting, not gone
		}
	}
	unlock, err := c.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	if c.reachable(ctx) {
		return nil
	}
	if err := c.prepare(ctx); err != nil {
		return err
	}
	if err := c.launch(ctx); err != nil {
		return err
	}
	c.opt.Logger.Info("own PostgreSQL runs again")
	return nil
}
