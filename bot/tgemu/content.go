package tgemu

import (
	"encoding/json"
	"strings"
)

const (
	maxText    = 4096    // UTF-16 units, after parsing
	maxCaption = 1024    // the same
	maxSource  = 1 << 15 // bytes, before parsing
)

// text reads and checks the text of a message.
func (c *call) text() (string, []Entity, error) {
	if c.arg("text") == "" {
		return "", nil, refuse(textEmpty)
	}
	text, entities, err := c.formatted("text", "entities")
	if err != nil {
		return "", nil, err
	}
	if text == "" {
		return "", nil, refuse(textBlank)
	}
	if units(text) > maxText {
		return "", nil, refuse(textTooLong)
	}
	return text, entities, nil
}

// caption reads and checks the caption of a file.
func (c *call) caption() (string, []Entity, error) {
	text, entities, err := c.formatted("caption", "caption_entities")
	if err == nil && units(text) > maxCaption {
		return "", nil, refuse(captionTooLong)
	}
	return text, entities, err
}

func (c *call) formatted(name, entitiesName string) (string, []Entity, error) {
	return format(c.arg(name), c.arg("parse_mode"), json.RawMessage(c.arg(entitiesName)))
}

// format parses a text by its mode, else takes the entities given, trims it and
// adds what is found by itself.
func format(text, mode string, given json.RawMessage) (string, []Entity, error) {
	text = clean(text)
	if len(text) > maxSource {
		return "", nil, refuse(textTooLong)
	}
	var entities []Entity
	var err error
	switch strings.ToLower(mode) {
	case "", "none":
		entities, err = givenEntities(given, units(text))
		if err != nil {
			return "", nil, err
		}
	case "html":
		text, entities, err = parseHTML(text)
	case "markdownv2":
		text, entities, err = parseMarkdown(text)
	default:
		return "", nil, refuse(parseModeUnknown)
	}
	if err != nil {
		return "", nil, refuse(entitiesBroken, err.Error())
	}
	text, entities = trimText(text, entities)
	return text, findEntities(text, entities), nil
}

// givenEntities takes what lies inside the text; the server drops the rest too.
func givenEntities(raw json.RawMessage, length int) ([]Entity, error) {
	if len(raw) == 0 {
		return nil, nil
	}
	var list []Entity
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, refuse(entityListBroken, "expected an Object")
	}
	var out []Entity
	for _, e := range list {
		if e.Type == "" {
			return nil, refuse(entityListBroken, `Can't find field "type"`)
		}
		if e.Offset >= 0 && e.Length > 0 && e.Offset+e.Length <= length {
			out = append(out, e)
		}
	}
	return out, nil
}
