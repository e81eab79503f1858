package host

func iis(e Edition) []byte { return nil }
