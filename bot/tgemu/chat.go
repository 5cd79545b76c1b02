package tgemu

import "strconv"

// topicColor is the colour of new topics' icons; one of the six that exist.
const topicColor = 7322096

func (e *Emulator) getChat(c *call) (any, error) {
	ch, err := e.chatOf(c, "chat_id")
	if err != nil {
		return nil, err
	}
	out := e.wireChat(ch)
	out["accent_color_id"], out["max_reaction_count"] = 0, 11
	out["accepted_gift_types"] = wire{"unlimited_gifts": true, "limited_gifts": true, "unique_gifts": true, "premium_subscription": true}
	for i := len(ch.Messages) - 1; i >= 0; i-- {
		if ch.Messages[i].Pinned {
			out["pinned_message"] = e.wireMessage(ch.Messages[i], false)
			break
		}
	}
	return out, nil
}

func (e *Emulator) getChatMember(c *call) (any, error) {
	ch, err := e.chatOf(c, "chat_id")
	if err != nil {
		return nil, err
	}
	id, err := strconv.ParseInt(c.arg("user_id"), 10, 64)
	if err != nil {
		return nil, refuse(userIDInvalid)
	}
	if id == e.bot.ID {
		return wire{"user": e.bot, "status": "member"}, nil
	}
	p := e.Users[id]
	if p == nil || ch.private() && ch.ID != id {
		return nil, refuse(userNotFound)
	}
	return wire{"user": p.User, "status": "member"}, nil
}

func (e *Emulator) pinChatMessage(c *call) (any, error) {
	ch, err := e.writable(c)
	if err != nil {
		return nil, err
	}
	m := ch.find(c.int("message_id", 0))
	if m == nil {
		return nil, refuse(pinNotFound)
	}
	m.Pinned = true
	if !c.bool("disable_notification") {
		e.post(ch, &Message{From: e.bot, Service: "pinned", ServiceArg: int64(m.ID)})
	}
	e.touch(ch)
	m.Version = e.Version
	return true, nil
}

func (e *Emulator) unpinChatMessage(c *call) (any, error) {
	ch, err := e.writable(c)
	if err != nil {
		return nil, err
	}
	id := c.int("message_id", 0)
	for i := len(ch.Messages) - 1; i >= 0; i-- {
		m := ch.Messages[i]
		if m.Pinned && (id == 0 || m.ID == id) {
			m.Pinned = false
			e.touch(ch)
			m.Version = e.Version
			return true, nil
		}
	}
	return nil, refuse(pinNotFound)
}

func (e *Emulator) createForumTopic(c *call) (any, error) {
	ch, err := e.writable(c)
	if err != nil {
		return nil, err
	}
	if ch.private() || !ch.Group.Forum {
		return nil, refuse(notForum)
	}
	name := clean(c.arg("name"))
	if name == "" {
		return nil, refuse(topicNameEmpty)
	}
	m := &Message{From: e.bot, Service: "topic"}
	id := ch.LastID + 1
	ch.Topics[id] = name
	m.ThreadID = id
	e.post(ch, m)
	return wire{"message_thread_id": id, "name": name, "icon_color": topicColor}, nil
}
