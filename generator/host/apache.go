package host

func apache(s Site) []byte { return nil }
