package corpus

// The places of the corpus: countries with their cities. What belongs together stays together,
// so that a row's country, city, postal code, coordinates, time zone, locale and names fit.

// country is one country of ISO 3166-1 and what its cities share.
type country struct {
	code    string   // alpha-3
	weight  int      // share of rows, against the sum of all weights
	locales []string // ll_CC
	people  []people
	// phone is a pattern of telephone numbers that the country's regulator keeps free for
	// examples and fiction; empty where no such range is known: no SMS endpoint lives there.
	// '#' is any digit, '~' the area code of the city.
	phone  string
	cities []city
}

// city is one city; its coordinates are in tenths of a degree, as endpoint files round them.
type city struct {
	name, region string
	lat, lon     int
	zone         string // tz database name
	postal       string // pattern: '#' is a digit, '@' a capital letter
	area         string // area code, only where the phone pattern asks for one
}

// countries returns the table. It is a function so that nothing is built before it is used.
func countries() []country {
	const northAmerica = "+1~55501##"
	return []country{
		{"USA", 30, []string{"en_US", "en_US", "en_US", "es_US"}, []people{english, english, spanish, vietnamese}, northAmerica, []city{
			{"Seattle", "Washington", 476, -1223, "America/Los_Angeles", "981##", "206"},
			{"Portland", "Oregon", 455, -1227, "America/Los_Angeles", "972##", "503"},
			{"San Francisco", "California", 378, -1224, "America/Los_Angeles", "941##", "415"},
			{"Los Angeles", "California", 341, -1182, "America/Los_Angeles", "900##", "213"},
			{"Phoenix", "Arizona", 334, -1121, "America/Phoenix", "850##", "602"},
			{"Boise", "Idaho", 436, -1162, "America/Boise", "837##", "208"},
			{"Denver", "Colorado", 397, -1050, "America/Denver", "802##", "303"},
			{"Austin", "Texas", 303, -977, "America/Chicago", "787##", "512"},
			{"Chicago", "Illinois", 419, -876, "America/Chicago", "606##", "312"},
			{"Minneapolis", "Minnesota", 450, -933, "America/Chicago", "554##", "612"},
			{"Detroit", "Michigan", 423, -830, "America/Detroit", "482##", "313"},
			{"Atlanta", "Georgia", 337, -844, "America/New_York", "303##", "404"},
			{"Miami", "Florida", 258, -802, "America/New_York", "331##", "305"},
			{"Boston", "Massachusetts", 424, -711, "America/New_York", "021##", "617"},
			{"New York", "New York", 407, -740, "America/New_York", "100##", "212"},
			{"Honolulu", "Hawaii", 213, -1579, "Pacific/Honolulu", "968##", "808"},
		}},
		{"CAN", 7, []string{"en_CA", "en_CA", "fr_CA"}, []people{english, french}, northAmerica, []city{
			{"Toronto", "Ontario", 437, -794, "America/Toronto", "M#@ #@#", "416"},
			{"Vancouver", "British Columbia", 493, -1231, "America/Vancouver", "V#@ #@#", "604"},
			{"Calgary", "Alberta", 510, -1141, "America/Edmonton", "T#@ #@#", "403"},
			{"Montréal", "Québec", 455, -736, "America/Toronto", "H#@ #@#", "514"},
			{"Halifax", "Nova Scotia", 446, -636, "America/Halifax", "B#@ #@#", "902"},
		}},
		{"MEX", 4, []string{"es_MX"}, []people{spanish}, "", []city{
			{"Ciudad de México", "Ciudad de México", 194, -991, "America/Mexico_City", "06###", ""},
			{"Guadalajara", "Jalisco", 207, -1033, "America/Mexico_City", "44###", ""},
			{"Mérida", "Yucatán", 210, -896, "America/Merida", "97###", ""},
		}},
		{"BRA", 6, []string{"pt_BR"}, []people{portuguese}, "", []city{
			{"São Paulo", "São Paulo", -235, -466, "America/Sao_Paulo", "01###-###", ""},
			{"Rio de Janeiro", "Rio de Janeiro", -229, -432, "America/Sao_Paulo", "20###-###", ""},
			{"Brasília", "Distrito Federal", -158, -479, "America/Sao_Paulo", "70###-###", ""},
			{"Manaus", "Amazonas", -31, -600, "America/Manaus", "69###-###", ""},
		}},
		{"ARG", 2, []string{"es_AR"}, []people{spanish, italian}, "", []city{
			{"Buenos Aires", "Ciudad Autónoma de Buenos Aires", -346, -584, "America/Argentina/Buenos_Aires", "C1###", ""},
			{"Córdoba", "Córdoba", -314, -642, "America/Argentina/Cordoba", "X5###", ""},
		}},
		{"COL", 2, []string{"es_CO"}, []people{spanish}, "", []city{
			{"Bogotá", "Bogotá D.C.", 47, -741, "America/Bogota", "11####", ""},
			{"Medellín", "Antioquia", 62, -756, "America/Bogota", "05####", ""},
		}},
		{"GBR", 8, []string{"en_GB", "en_GB", "en_GB", "cy_GB"}, []people{english, english, indian}, "+447700900###", []city{
			{"London", "England", 515, -1, "Europe/London", "N# #@@", ""},
			{"Manchester", "England", 535, -22, "Europe/London", "M## #@@", ""},
			{"Edinburgh", "Scotland", 560, -32, "Europe/London", "EH# #@@", ""},
			{"Cardiff", "Wales", 515, -32, "Europe/London", "CF## #@@", ""},
			{"Belfast", "Northern Ireland", 546, -59, "Europe/London", "BT# #@@", ""},
		}},
		{"IRL", 2, []string{"en_IE", "ga_IE"}, []people{english}, "+3532091#####", []city{
			{"Dublin", "Leinster", 533, -63, "Europe/Dublin", "D0# @#@#", ""},
			{"Cork", "Munster", 519, -85, "Europe/Dublin", "T## @#@#", ""},
		}},
		{"FRA", 6, []string{"fr_FR"}, []people{french, french, arabicLatin}, "+3363998####", []city{
			{"Paris", "Île-de-France", 489, 24, "Europe/Paris", "750##", ""},
			{"Lyon", "Auvergne-Rhône-Alpes", 458, 48, "Europe/Paris", "6900#", ""},
			{"Marseille", "Provence-Alpes-Côte d'Azur", 433, 54, "Europe/Paris", "1300#", ""},
			{"Orléans", "Centre-Val de Loire", 479, 19, "Europe/Paris", "4500#", ""},
		}},
		{"BEL", 2, []string{"fr_BE", "nl_BE"}, []people{french, dutch}, "", []city{
			{"Bruxelles", "Bruxelles-Capitale", 509, 44, "Europe/Brussels", "10##", ""},
			{"Liège", "Wallonie", 506, 56, "Europe/Brussels", "40##", ""},
		}},
		{"CHE", 2, []string{"de_CH", "fr_CH", "it_CH"}, []people{german, french}, "", []city{
			{"Zürich", "Zürich", 474, 85, "Europe/Zurich", "80##", ""},
			{"Genève", "Genève", 462, 61, "Europe/Zurich", "12##", ""},
		}},
		{"DEU", 8, []string{"de_DE"}, []people{german, german, turkish}, "+49176040690##", []city{
			{"Berlin", "Berlin", 525, 134, "Europe/Berlin", "10###", ""},
			{"Hamburg", "Hamburg", 536, 100, "Europe/Berlin", "20###", ""},
			{"München", "Bayern", 481, 116, "Europe/Berlin", "80###", ""},
			{"Köln", "Nordrhein-Westfalen", 509, 70, "Europe/Berlin", "50###", ""},
			{"Tübingen", "Baden-Württemberg", 485, 91, "Europe/Berlin", "720##", ""},
		}},
		{"AUT", 2, []string{"de_AT"}, []people{german}, "", []city{
			{"Wien", "Wien", 482, 164, "Europe/Vienna", "10##", ""},
			{"Sankt Pölten", "Niederösterreich", 482, 156, "Europe/Vienna", "31##", ""},
		}},
		{"NLD", 3, []string{"nl_NL"}, []people{dutch}, "", []city{
			{"Amsterdam", "Noord-Holland", 524, 49, "Europe/Amsterdam", "10## @@", ""},
			{"Utrecht", "Utrecht", 521, 51, "Europe/Amsterdam", "35## @@", ""},
		}},
		{"ESP", 4, []string{"es_ES", "es_ES", "ca_ES"}, []people{spanish}, "", []city{
			{"Madrid", "Comunidad de Madrid", 404, -37, "Europe/Madrid", "280##", ""},
			{"Barcelona", "Cataluña", 414, 22, "Europe/Madrid", "080##", ""},
			{"Málaga", "Andalucía", 367, -44, "Europe/Madrid", "290##", ""},
		}},
		{"PRT", 2, []string{"pt_PT"}, []people{portuguese}, "", []city{
			{"Lisboa", "Lisboa", 387, -91, "Europe/Lisbon", "1###-###", ""},
			{"Évora", "Alentejo", 386, -79, "Europe/Lisbon", "7###-###", ""},
		}},
		{"ITA", 4, []string{"it_IT"}, []people{italian}, "", []city{
			{"Roma", "Lazio", 419, 125, "Europe/Rome", "001##", ""},
			{"Milano", "Lombardia", 455, 92, "Europe/Rome", "201##", ""},
			{"Forlì", "Emilia-Romagna", 442, 120, "Europe/Rome", "4712#", ""},
		}},
		{"SWE", 2, []string{"sv_SE"}, []people{nordic}, "", []city{
			{"Stockholm", "Stockholms län", 593, 181, "Europe/Stockholm", "11# ##", ""},
			{"Göteborg", "Västra Götaland", 577, 120, "Europe/Stockholm", "41# ##", ""},
		}},
		{"NOR", 1, []string{"nb_NO"}, []people{nordic}, "", []city{
			{"Oslo", "Oslo", 599, 107, "Europe/Oslo", "01##", ""},
			{"Tromsø", "Troms", 696, 190, "Europe/Oslo", "90##", ""},
		}},
		{"DNK", 1, []string{"da_DK"}, []people{nordic}, "", []city{
			{"København", "Hovedstaden", 557, 126, "Europe/Copenhagen", "21##", ""},
			{"Aarhus", "Midtjylland", 562, 102, "Europe/Copenhagen", "80##", ""},
		}},
		{"FIN", 1, []string{"fi_FI", "sv_FI"}, []people{nordic}, "", []city{
			{"Helsinki", "Uusimaa", 602, 249, "Europe/Helsinki", "001##", ""},
			{"Jyväskylä", "Keski-Suomi", 622, 257, "Europe/Helsinki", "401##", ""},
		}},
		{"POL", 3, []string{"pl_PL"}, []people{polish}, "", []city{
			{"Warszawa", "Mazowieckie", 522, 210, "Europe/Warsaw", "00-###", ""},
			{"Kraków", "Małopolskie", 501, 199, "Europe/Warsaw", "30-###", ""},
			{"Łódź", "Łódzkie", 518, 195, "Europe/Warsaw", "90-###", ""},
		}},
		{"GRC", 1, []string{"el_GR"}, []people{greek}, "", []city{
			{"Αθήνα", "Αττική", 380, 237, "Europe/Athens", "10# ##", ""},
			{"Θεσσαλονίκη", "Κεντρική Μακεδονία", 406, 229, "Europe/Athens", "54# ##", ""},
		}},
		{"UKR", 1, []string{"uk_UA"}, []people{ukrainian}, "", []city{
			{"Київ", "Київ", 505, 305, "Europe/Kyiv", "01###", ""},
			{"Львів", "Львівська область", 498, 240, "Europe/Kyiv", "79###", ""},
		}},
		{"TUR", 2, []string{"tr_TR"}, []people{turkish}, "", []city{
			{"İstanbul", "İstanbul", 410, 290, "Europe/Istanbul", "34###", ""},
			{"Eskişehir", "Eskişehir", 398, 305, "Europe/Istanbul", "26###", ""},
		}},
		{"EGY", 1, []string{"ar_EG"}, []people{arabic, arabicLatin}, "", []city{
			{"القاهرة", "القاهرة", 300, 312, "Africa/Cairo", "11###", ""},
			{"Alexandria", "Alexandria", 312, 299, "Africa/Cairo", "21###", ""},
		}},
		{"NGA", 2, []string{"en_NG", "yo_NG"}, []people{african}, "", []city{
			{"Lagos", "Lagos", 65, 34, "Africa/Lagos", "10####", ""},
			{"Abuja", "Federal Capital Territory", 91, 75, "Africa/Lagos", "90####", ""},
		}},
		{"KEN", 1, []string{"en_KE", "sw_KE"}, []people{african}, "", []city{
			{"Nairobi", "Nairobi", -13, 368, "Africa/Nairobi", "00###", ""},
		}},
		{"ZAF", 2, []string{"en_ZA", "af_ZA"}, []people{english, african, dutch}, "", []city{
			{"Cape Town", "Western Cape", -339, 184, "Africa/Johannesburg", "80##", ""},
			{"Durban", "KwaZulu-Natal", -299, 310, "Africa/Johannesburg", "40##", ""},
		}},
		{"IND", 6, []string{"en_IN", "en_IN", "hi_IN", "ta_IN"}, []people{indian}, "", []city{
			{"Bengaluru", "Karnataka", 130, 776, "Asia/Kolkata", "5600##", ""},
			{"Mumbai", "Maharashtra", 191, 729, "Asia/Kolkata", "4000##", ""},
			{"Chennai", "Tamil Nadu", 131, 803, "Asia/Kolkata", "6000##", ""},
		}},
		{"THA", 1, []string{"th_TH"}, []people{thai}, "", []city{
			{"กรุงเทพมหานคร", "กรุงเทพมหานคร", 138, 1005, "Asia/Bangkok", "10###", ""},
		}},
		{"VNM", 1, []string{"vi_VN"}, []people{vietnamese}, "", []city{
			{"Hà Nội", "Hà Nội", 210, 1058, "Asia/Ho_Chi_Minh", "100###", ""},
			{"Đà Nẵng", "Đà Nẵng", 161, 1082, "Asia/Ho_Chi_Minh", "550###", ""},
		}},
		{"CHN", 4, []string{"zh_CN"}, []people{chinese}, "", []city{
			{"上海", "上海市", 312, 1215, "Asia/Shanghai", "2000##", ""},
			{"深圳", "广东省", 225, 1141, "Asia/Shanghai", "5180##", ""},
			{"成都", "四川省", 307, 1041, "Asia/Shanghai", "6100##", ""},
		}},
		{"JPN", 5, []string{"ja_JP"}, []people{japanese}, "", []city{
			{"東京", "東京都", 357, 1397, "Asia/Tokyo", "100-00##", ""},
			{"大阪市", "大阪府", 347, 1355, "Asia/Tokyo", "530-00##", ""},
			{"札幌市", "北海道", 431, 1413, "Asia/Tokyo", "060-00##", ""},
		}},
		{"KOR", 2, []string{"ko_KR"}, []people{korean}, "", []city{
			{"서울", "서울특별시", 376, 1270, "Asia/Seoul", "04###", ""},
			{"부산", "부산광역시", 352, 1291, "Asia/Seoul", "48###", ""},
		}},
		{"SGP", 1, []string{"en_SG", "zh_SG"}, []people{english, indian}, "", []city{
			{"Singapore", "", 13, 1038, "Asia/Singapore", "01####", ""},
		}},
		{"AUS", 4, []string{"en_AU"}, []people{english, greek, vietnamese}, "", []city{
			{"Sydney", "New South Wales", -339, 1512, "Australia/Sydney", "20##", ""},
			{"Melbourne", "Victoria", -378, 1450, "Australia/Melbourne", "30##", ""},
			{"Perth", "Western Australia", -320, 1159, "Australia/Perth", "60##", ""},
		}},
		{"NZL", 1, []string{"en_NZ", "mi_NZ"}, []people{english}, "", []city{
			{"Auckland", "Auckland", -369, 1748, "Pacific/Auckland", "10##", ""},
			{"Whangārei", "Northland", -357, 1743, "Pacific/Auckland", "01##", ""},
		}},
	}
}
