package build

// Hosts lists the web servers whose configuration a build can write.
func Hosts() []string { return []string{"nginx", "apache", "iis"} }

func (e *Edition) hostFiles(pub Publishing) []Output { return nil }

func compressed(files []Output) []Output { return nil }
