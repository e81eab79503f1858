package main

func (b *bench) besideHugo(c *corpus) error { return nil }
func (b *bench) preview(c *corpus) error    { return nil }
