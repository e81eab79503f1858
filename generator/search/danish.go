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
	"frekvens frekvensen frekvenser frekvenserne",
}

// stopWords carry no meaning of their own in a query.
const stopWords = "ad af alle alt altid anden andet andre at baade bare begge blev blive bliver burde boer da de dem den denne " +
	"der deres det dette dig din dine dit dog du efter eller en end er et faa faar findes finder fik for fordi foer fra " +
	"gaar giver gjort goer goere goeres ham han hans har have havde hende hendes her hos hun hvad hvem hver hvilke hvilken hvilket " +
	"hvis hvor hvordan hvorfor hvornaar hvorledes i ifoelge ikke ind ja jeg jer jeres jo kan kom komme kommer kun kunne laenge laver lave " +
	"mange med meget mellem men mere mig min mine mit mod maa maatte naar ned nej nogen noget nogle nok nu ny og ofte ogsaa om op os " +
	"over paa pr saa samt selv sig sin sine sit sker skal skulle som staar tit til ud uden under ved vi vil ville vores " +
	"vaere vaeret betyder print printe udskriv udskrive hent hente vis se forbered forberede forbereder model modellen modellens"

// intent is what a question asks for beyond its words. A needle that ends in *
// is a prefix of a word, others are whole words.
type intent struct {
	triggers []string // phrases of folded words, each enough
	heading  []string // words of a heading that answers
	text     []string // words of a sentence that answers
}

// intents are tried in this order; the first that a query asks for counts.
var intents = []intent{
	{
		triggers: []string{"hvor ofte", "hvor tit", "hvornaar", "hvor laenge", "hvor mange gange", "hvor hyppigt", "hvor lang tid"},
		heading: []string{"hvornaar", "ofte", "kadence*", "frekvens*", "hyppighed*", "tid", "tider", "tidspunkt*", "tidsplan*", "varighed*",
			"rytme*", "interval*", "aarshjul*", "tidsramme*"},
		text: []string{"uge", "uger", "ugen", "ugentlig*", "maaned*", "aar", "aarlig*", "halvaar*", "kvartal*", "dag", "dage", "daglig*",
			"gang", "gange", "hver", "hvert", "senest", "time", "timer", "minutter", "loebende", "ofte", "foerste"},
	},
	{
		triggers: []string{"hvor mange", "hvor stor", "hvor store", "hvor meget", "hvor faa"},
		heading:  []string{"pct", "procent", "antal", "tal", "kr", "halvdelen", "tredjedel*"},
		text:     []string{"pct", "procent", "antal", "kr", "halvdelen", "tredjedel*", "gennemsnit*", "snit"},
	},
	{
		triggers: []string{"hvem", "hvis ansvar", "hvilken rolle", "hvilke roller"},
		heading: []string{"hvem", "ansvar*", "deltager*", "rolle", "roller", "rollefordeling*", "opgave*", "kontakt*", "aktoer*",
			"indkald*", "medvirkende"},
		text: []string{"ansvar*", "deltager*", "indkalder", "leder"},
	},
	{
		triggers: []string{"hvordan", "hvorledes", "hvad goer"},
		heading:  []string{"hvordan", "saadan", "fremgangsmaade*", "trin", "gennemfoerelse*", "metode*", "forloeb*", "praksis", "raad"},
	},
	{
		triggers: []string{"hvorfor"},
		heading:  []string{"hvorfor", "formaal*", "baggrund*", "begrundelse*", "derfor", "vaerdi*"},
		text:     []string{"fordi", "formaal*", "derfor"},
	},
	{
		triggers: []string{"hvad er", "hvad betyder", "hvad vil det sige"},
		heading:  []string{"hvad", "definition*", "kort", "beskrivelse*"},
	},
}

// abbreviations end in a full stop that does not end a sentence.
const abbreviations = "f.eks. bl.a. ca. jf. nr. stk. dvs. kr. evt. pr. m.fl. m.m. mv. m.v. o.l. osv. pkt. kap. inkl. ekskl. fx. tlf. s. mht. ift. vedr. hhv. maks. min. afs."
