package main

import (
	"strings"
	"testing"
)

// The columns of the catalogue say that it lists outlets.
func TestMatchFindsOutlets(t *testing.T) {
	t.Parallel()
	s := newShell(t)
	base := s.file("outlets.csv", []byte("id,name,legal_name,address,city\n"+
		"17,Продукты,ИП Сидоров Андрей Алексеевич,\"ул. Ленина, д. 5\",Тула\n18,Продукты,ИП Сидоров Андрей Алексеевич,\"ул. Ленина, д. 5А\",Тула\n"))
	names := s.file("buyers.csv", []byte("id;name\nq1;ИП Сидоров А.А. маг. «Продукты» г.Тула ул.Ленина,5а\n"))
	out := s.must("match", "--catalog", base, "--names", names, "--top", "1", "--explain")
	if f := strings.Split(strings.TrimSpace(out), "\t"); len(f) != 6 || f[1] != "18" || !strings.Contains(f[5], "same_house") {
		t.Errorf("got %q", out)
	}
}
