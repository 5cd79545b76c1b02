package dovecot

import (
	"fmt"
	"os"
	"os/user"
	"strings"
	"text/template"
)

// settings is what the configuration file is made of.
type settings struct {
	Dir                string
	IMAP, IMAPS, LMTP  int
	Introspection      string // address of the token check
	Password           string
	MailUID, MailGID   string
	Login, Internal    string
	Group              string
	Root               bool
	Separator, Prefix  string
	MaxUserConnections int
}

const configuration = `protocols = imap lmtp
listen = 127.0.0.1
base_dir = {{.Dir}}/run
state_dir = {{.Dir}}/state
log_path = {{.Dir}}/dovecot.log
instance_name = distbase
auth_mechanisms = plain login xoauth2 oauthbearer
auth_failure_delay = 0
disable_plaintext_auth = yes
# Dovecot takes loopback for secured; required: a password never goes in the clear.
ssl = required
ssl_cert = <{{.Dir}}/server.pem
ssl_key = <{{.Dir}}/server.key
ssl_min_protocol = TLSv1.2
mail_location = maildir:{{.Dir}}/mail/%n/Maildir
mail_uid = {{.MailUID}}
mail_gid = {{.MailGID}}
first_valid_uid = 1
first_valid_gid = 1
mail_fsync = never
mail_max_userip_connections = {{.MaxUserConnections}}
mailbox_idle_check_interval = 1 secs
default_login_user = {{.Login}}
default_internal_user = {{.Internal}}
{{- if not .Root}}
default_internal_group = {{.Group}}
{{- end}}
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {{.Dir}}/oauth2.conf
}
passdb {
  driver = static
  mechanisms = plain login
  args = password={{.Password}}
}
userdb {
  driver = static
  args = uid={{.MailUID}} gid={{.MailGID}} home={{.Dir}}/mail/%n allow_all_users=yes
}
namespace inbox {
  inbox = yes
  separator = {{.Separator}}
  prefix = {{.Prefix}}
}
service imap-login {
  {{- if not .Root}}
  chroot =
  {{- end}}
  inet_listener imap {
    port = {{.IMAP}}
  }
  inet_listener imaps {
    port = {{.IMAPS}}
    ssl = yes
  }
}
{{- if not .Root}}
service anvil {
  chroot =
}
service stats {
  chroot =
}
{{- end}}
service imap {
  process_limit = 200
}
protocol imap {
  # Server.Used reads it out of the log.
  imap_logout_format = body_count=%{fetch_body_count} body_bytes=%{fetch_body_bytes}
}
service lmtp {
  inet_listener lmtp {
    port = {{.LMTP}}
  }
}
protocol lmtp {
  auth_username_format = %Ln
  postmaster_address = postmaster@localhost
}
`

const introspection = `introspection_mode = post
introspection_url = %s
username_attribute = username
active_attribute = active
active_value = true
`

func (s settings) write() error {
	t, err := template.New("dovecot").Parse(configuration)
	if err != nil {
		return fmt.Errorf("read template: %w", err)
	}
	var b strings.Builder
	if err := t.Execute(&b, s); err != nil {
		return fmt.Errorf("fill template: %w", err)
	}
	for name, content := range map[string]string{
		"dovecot.conf": b.String(),
		"oauth2.conf":  fmt.Sprintf(introspection, s.Introspection),
	} {
		if err := os.WriteFile(s.Dir+"/"+name, []byte(content), 0o644); err != nil { //nolint:gosec // Dovecot's own users read it
			return fmt.Errorf("write configuration: %w", err)
		}
	}
	return nil
}

// users fills in whose processes and files they are.
func (s *settings) users() error {
	if os.Geteuid() == 0 {
		s.Root = true
		s.MailUID, s.MailGID, s.Login, s.Internal = "mail", "mail", "dovenull", "dovecot"
		return nil
	}
	me, err := user.Current()
	if err != nil {
		return fmt.Errorf("look up the user: %w", err)
	}
	group, err := user.LookupGroupId(me.Gid)
	if err != nil {
		return fmt.Errorf("look up the group: %w", err)
	}
	s.MailUID, s.MailGID, s.Login, s.Internal, s.Group = me.Uid, me.Gid, me.Username, me.Username, group.Name
	return nil
}
