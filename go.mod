module github.com/distbase/distbase

go 1.26
