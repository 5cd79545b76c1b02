package main

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/distbase/distbase/bot"
	"github.com/distbase/distbase/cmd/distbase/config"
	"github.com/distbase/distbase/storage"
)

type userCommand struct {
	Invite userInvite `cmd:"" help:"Print a single-use link that lets one person in."`
	List   userList   `cmd:"" help:"List people and their roles."`
	Revoke userRevoke `cmd:"" help:"Take a person's roles away."`
}

type userInvite struct {
	Role        string   `required:"" enum:"distributor,analyst,manager,admin" help:"Role: distributor, analyst, manager or admin."`
	Distributor []string `help:"Codes of the distributors that the role covers; all by default." placeholder:"CODE"`
	Region      []string `help:"Regions that the role covers."`
	Brand       []string `help:"Brands that the role covers."`
}

// Run makes an invite and prints its deep link.
func (c *userInvite) Run(e *environment) error {
	if c.Role == storage.RoleDistributor && len(c.Distributor) != 1 {
		return usageError{errors.New("name the distributor: --distributor CODE")}
	}
	return e.withDatabase(func(s config.Config, db *database) error {
		name, err := botName(e.ctx, s)
		if err != nil {
			return err
		}
		for _, code := range c.Distributor {
			if _, err := storage.DistributorByCode(e.ctx, db.Pool(), code); err != nil {
				return fmt.Errorf("distributor %q: %w", code, err)
			}
		}
		var secret [16]byte
		if _, err := rand.Read(secret[:]); err != nil {
			return fmt.Errorf("make invite: %w", err)
		}
		token := base64.RawURLEncoding.EncodeToString(secret[:])
		link, _, err := bot.Invite(e.ctx, db.Pool(), token, name, storage.Invite{
			Role: c.Role, Cut: storage.Cut{Distributors: c.Distributor, Regions: c.Region, Brands: c.Brand}, ExpiresAt: time.Now().Add(bot.InviteLife),
		})
		if err != nil {
			return err
		}
		_, err = fmt.Fprintln(e.stdout, link)
		return err
	})
}

type userList struct{}

// Run lists people: id, name, roles, state.
func (c *userList) Run(e *environment) error {
	return e.withDatabase(func(_ config.Config, db *database) error {
		all, err := storage.People(e.ctx, db.Pool(), "")
		if err != nil {
			return err
		}
		for _, p := range all {
			var roles []string
			for _, g := range p.Grants {
				roles = append(roles, strings.Join(append([]string{g.Role}, g.Cut.Distributors...), ":"))
			}
			state := ""
			if p.RevokedAt != nil {
				state = "revoked"
			}
			if _, err := fmt.Fprintf(e.stdout, "%d\t%s\t%s\t%s\n", p.ID, p.Name, strings.Join(roles, ","), state); err != nil {
				return fmt.Errorf("list people: %w", err)
			}
		}
		return nil
	})
}

type userRevoke struct {
	ID int64 `arg:"" help:"Number of the person in the list."`
}

// Run revokes a person.
func (c *userRevoke) Run(e *environment) error {
	return e.withDatabase(func(_ config.Config, db *database) error {
		err := storage.RevokePerson(e.ctx, db.Pool(), c.ID, time.Now())
		if errors.Is(err, storage.ErrNotFound) {
			return fmt.Errorf("there is nobody of number %d with a role; see: distbase user list", c.ID)
		}
		return err
	})
}
