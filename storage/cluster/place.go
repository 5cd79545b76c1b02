package cluster

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// relocated is where data live that the unprivileged user could not reach where
// they were asked for, as below /root.
const relocated = "/var/lib/distbase-postgres"

// place makes the data directory. Where its parents are closed to the server's
// user, the asked-for path becomes a link to a folder that is not.
func (c *Cluster) place() error {
	if _, err := os.Lstat(c.opt.Dir); err == nil {
		return nil
	} else if !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("look at data directory: %w", err)
	}
	// Parents that are made here are passed through, not read.
	if err := os.MkdirAll(filepath.Dir(c.opt.Dir), 0o711); err != nil { //nolint:gosec // see above
		return fmt.Errorf("make directory: %w", err)
	}
	if c.owner == nil || c.owner.reaches(filepath.Dir(c.opt.Dir)) {
		return c.privateDir(c.opt.Dir)
	}
	if err := os.MkdirAll(relocated, 0o711); err != nil { //nolint:gosec // see above
		return fmt.Errorf("make directory: %w", err)
	}
	target, err := os.MkdirTemp(relocated, "data-")
	if err != nil {
		return fmt.Errorf("make directory: %w", err)
	}
	if err := c.privateDir(target); err != nil {
		return err
	}
	if err := os.Symlink(target, c.opt.Dir); err != nil {
		return fmt.Errorf("link data directory: %w", err)
	}
	return nil
}

// Remove deletes a data directory whose server has stopped, wherever place put
// it.
func Remove(dir string) error {
	target, err := filepath.EvalSymlinks(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("find data directory: %w", err)
	}
	return errors.Join(os.RemoveAll(target), os.RemoveAll(dir))
}

// reaches reports whether the user may pass through every folder of the path.
func (o *owner) reaches(dir string) bool {
	for {
		info, err := os.Stat(dir)
		if err != nil {
			return false
		}
		pass := info.Mode()&0o001 != 0
		if st, ok := info.Sys().(*syscall.Stat_t); ok && int(st.Uid) == o.uid {
			pass = info.Mode()&0o100 != 0
		}
		if !pass {
			return false
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return true
		}
		dir = parent
	}
}
