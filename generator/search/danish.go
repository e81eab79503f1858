package search

// The lists below are written folded. The script carries them to the browser,
// so they are kept in this file only.

// exceptionForms are rows of forms that Snowball's stemmer keeps apart though
// they are one word. The first form is the stem of all. They also hold as the
// last part of a compound, so no form may be a common ending of other words.
var exceptionForms = []string{
	"indsats indsatsen indsatsens indsatser indsatserne indsatsernes",
	"foraelder foraelderen foraelderens foraelders foraeldre foraeldrene foraeldrenes foraeldres",
	"barn barnet barnets barns boern boernene boernenes boerns",
	"bog bogen bogens boeger boegerne boegernes",
	"rolle rollen rollens roller rollerne rollernes",
	"moede moedet moedets moeder moederne moedernes",
	"maal maalet maalets maalene maalenes",
	"uge ugen ugens uger ugerne ugernes",
	"center centeret centret centrets centre centrene",
	"kursus kurset kursets kurser kurserne",
	"broder broderen bror brors broedre broedrene",
	"soester soesteren soesters soestre soestrene",
	"datter datteren datters doetre doetrene",
	"mand manden mandens maend maendene",
	"haand haanden haender haenderne",
	"kontakt kontakten kontakter kontakterne",
	"trappe trappen trappens trapper trapperne",
	"raad raadet raadets raadene",
	"fakta faktum",
	"kriterium kriteriet kriterier kriterierne",
	"ide ideen ideer ideerne",
	"evidens evidensen evidensens",
	"passe passer passende passede passet",
	"frekvens frekvensen frekvenser frekvenserne",
}

// stopWords carry no meaning of their own in a query.
const stopWords = "" +
	"ad af alle alt altid anden andet andre at baade bare begge blev bo bor blive bliver burde boer da de dem den " +
	"denne der deres det dette dig din dine dit dog du efter eller en end er et faa faar findes finder fik for " +
	"fordi foer fra gaar giver gjort goer goere goeres ham han hans har have havde hende hendes her holde holder " +
	"holdes hos hun hvad hvem hver hvilke hvilken hvilket hvis hvor hvordan hvorfor hvornaar hvorledes i ifoelge " +
	"ikke ind ja jeg jer jeres jo kan kom komme kommer kun kunne laenge laver lave mange med meget mellem men " +
	"mere mig min mine mit mod maa maatte man naar ned nej nogen noget nogle nok nu og ofte ogsaa om op os over " +
	"overhovedet paa paragraf pr saa samt selv sig sin sine sit sker skal skulle som staar tit til ud uden under " +
	"ved vi vil ville vores var vaere vaeret betyder print printe udskriv udskrive hent hente vis se forbered " +
	"forberede forbereder model modellen modellens"

// lightWords weigh less than others: a query "ny lærer" is about the teacher, but "ny"
// distinguishes answers.
const lightWords = "" +
	"bedre bedst bedste bruge bruger brug faerre flere foerste foregaar god gode godt gang hoejere hurtigt lavere " +
	"lille mest mindre ny nye nyt rigtig rigtige sammen sidst sidste skrive skriver stoerre stor store tage tager " +
	"tidligt vigtig vigtige vigtigst kr nr stk ff"

// intent is what a question asks for besides its words. A needle that ends in * is a
// prefix of a word, others are whole words.
type intent struct {
	triggers []string // phrases of folded words, any of which matches
	asking   []string // words of the query that express the intent, not the subject
	heading  []string // words of a heading that answers
	text     []string // words of a sentence that answers
	kinds    []string // of pages and things that answer
}

// intents are tried in this order; the first that a query asks for counts.
var intents = []intent{
	{
		triggers: []string{"hvor ofte", "hvor tit", "hvornaar", "hvor laenge", "hvor mange gange",
			"hvor hyppigt", "hvor lang tid"},
		asking: []string{"gang", "gange", "hyppigt", "lang", "tid", "varer"},
		heading: []string{"hvornaar", "ofte", "kadence*", "frekvens*", "hyppighed*", "tid", "tider",
			"tidspunkt*", "tidsplan*", "varighed*", "rytme*", "interval*", "aarshjul*", "tidsramme*"},
		text: []string{"uge", "uger", "ugen", "ugentlig*", "maaned*", "aar", "aarlig*", "halvaar*", "kvartal*",
			"dag", "dage", "daglig*", "gang", "gange", "hver", "hvert", "senest", "time", "timer", "minutter",
			"loebende", "ofte", "foerste"},
		kinds: []string{"moede", "kadence"},
	},
	{
		triggers: []string{"hvor mange", "hvor stor", "hvor store", "hvor meget", "hvor faa"},
		asking:   []string{"stor", "store"},
		heading:  []string{"pct", "procent", "antal", "kr", "halvdelen", "tredjedel*"},
		text:     []string{"pct", "procent", "antal", "kr", "halvdelen", "tredjedel*", "gennemsnit*", "snit"},
		kinds:    []string{"tal"},
	},
	{
		triggers: []string{"hvem", "hvis ansvar", "hvilken rolle", "hvilke roller"},
		asking:   []string{"ansvar*", "deltag*", "indkald*", "rolle", "roller"},
		heading: []string{"hvem", "ansvar*", "deltager*", "rolle", "roller", "rollefordeling*", "opgave*",
			"kontakt*", "aktoer*", "indkald*", "medvirkende"},
		text:  []string{"ansvar*", "deltager*", "indkalder", "leder"},
		kinds: []string{"moede", "rolle", "fase"},
	},
	{
		triggers: []string{"vores kommune", "min kommune", "hos os", "lokalt", "lokale"},
		kinds:    []string{"lokalt", "kommuner"},
	},
	{
		triggers: []string{"hvordan", "hvorledes", "hvad goer"},
		heading: []string{"hvordan", "saadan", "fremgangsmaade*", "trin", "gennemfoerelse*", "metode*",
			"forloeb*", "praksis", "raad"},
	},
	{
		triggers: []string{"hvorfor"},
		asking:   []string{"formaal*"},
		heading:  []string{"hvorfor", "formaal*", "baggrund*", "begrundelse*", "derfor", "vaerdi*"},
		text:     []string{"fordi", "formaal*", "derfor"},
	},
	{
		triggers: []string{"hvad er", "hvad betyder", "hvad vil det sige", "definition", "betydning"},
		asking:   []string{"definition*", "betydning*", "forskel*", "siger", "sige"},
		heading:  []string{"hvad", "definition*", "kort", "beskrivelse*"},
		kinds:    []string{"begreb", "faelles"},
	},
	{
		triggers: []string{"dagsorden", "moedeskabelon", "skabelon", "referat", "moedeark", "ark", "skema", "formular"},
		asking: []string{"dagsorden", "moedeskabelon", "skabelon", "moedeark", "ark", "skema", "formular", "word",
			"pdf"},
		heading: []string{"dagsorden*"},
		kinds:   []string{"moede"},
	},
	{
		triggers: []string{"print", "printe", "udskriv", "udskrive", "udskrift", "hent", "hente", "download",
			"word", "pdf"},
		asking: []string{"word", "pdf", "download", "udskrift"},
		kinds:  []string{"tjekliste", "pakke", "find"},
	},
	{
		triggers: []string{"paragraf", "hvilken lov", "hvilke love", "hvad siger loven", "lovgrundlag", "lovgivning"},
		asking:   []string{"lov", "love", "loven", "gaelder", "siger", "lovgrundlag", "lovgivning"},
		kinds:    []string{"lov"},
	},
}

// abbreviations end in a full stop that does not end a sentence.
const abbreviations = "" +
	"f.eks. bl.a. ca. jf. nr. stk. dvs. kr. evt. pr. m.fl. m.m. mv. m.v. o.l. osv. pkt. kap. inkl. ekskl. fx. " +
	"tlf. s. mht. ift. vedr. hhv. maks. min. afs."
