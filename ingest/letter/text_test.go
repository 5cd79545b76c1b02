package letter

import "testing"

func TestTextOfALetter(t *testing.T) {
	t.Parallel()
	const page = "Content-Type: text/html; charset=utf-8\r\n\r\n<html><head><title>no</title><style>p{}</style></head><body><p>Добрый <b>де</b>нь&nbsp;&amp; все</p>\r\n<table><tr><td>1<td>2</tr></table><script>x</script><br>конец</body>"
	const pageText = "Добрый день\u00a0& все\n\n1\t2\n\nконец"
	for _, c := range []struct{ name, raw, want string }{
		{"plain wins in an alternative", multi("alternative", textPart("plain"), page), "plain"},
		{"blank plain does not", multi("alternative", textPart(" \r\n"), page), pageText},
		{"page only", "From: a@b.test\r\n" + page, pageText},
		{"several texts", mixed(textPart("one"), textPart("two\r\n")), "one\n\ntwo"},
		{"windows-1251", "Content-Type: text/plain; charset=windows-1251\n\n\xcf\xf0\xe8\xe2\xe5\xf2", "Привет"},
		{"wrong charset", "Content-Type: text/plain; charset=utf-8\n\n\xcf\xf0\xe8\xe2\xe5\xf2", "Привет"},
		{"charset of the page itself", "Content-Type: text/html\n\n<meta charset=koi8-r>\xf0\xd2\xc9\xd7\xc5\xd4", "Привет"},
		{"korean", "Content-Type: text/plain; charset=ks_c_5601-1987\n\n\xb0\xa1", "가"},
		{"unknown charset", "Content-Type: text/plain; charset=x-none\n\nПривет", "Привет"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := parse(t, c.raw).Text; got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
