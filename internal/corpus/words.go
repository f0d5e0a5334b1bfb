package corpus

// The texts of the corpus: what people, firms and devices are called, and what a sales desk
// writes about them. All firms are invented.

// phrases holds the free texts of a shape. Every text is at most 50 characters, so that dressing
// it (see pools.go) stays under the 100 characters a value may have.
type phrases struct {
	// companies and notes come twice: texts that CSV can leave bare, and texts that need quotes.
	// The first are drawn more often; see pools.go for the shares.
	companies, quotedCompanies []string
	notes, quotedNotes         []string
	interests, quotedInterests []string
	makes                      []string
	users                      []string // what a user id begins with
}

// plainPhrases are the texts of most shapes, as an international mailing list holds them.
func plainPhrases() phrases {
	return phrases{
		companies: []string{
			"Harbor & Finch", "Northwind Bakery", "Copper Kettle Tea", "Atelier Mühle", "Blue Heron Optics", "Café Azulejo",
			"Fjordlys Energi", "Granite Peak Outfitters", "Lantern Street Press", "Maison Pâquerette", "Oak & Anchor Books",
			"Pinecrest Dental", "Quinta do Sol", "Red Maple Logistics", "Saltmarsh Brewing", "Tidewater Credit Union",
			"Umbra Lighting", "Velvet Fern Florists", "Windmill Cycles", "Zephyr Analytics", "Møller Bådværft", "Casa do Chá",
			"Kowalczyk i Córki", "Bäckerei Sonnenblume", "Studio Nove", "Juniper Lane Clinic", "Tall Pines Realty", "Kestrel Robotics",
		},
		quotedCompanies: []string{
			"Hollow Oak Books, Inc.", "Brandt, Vogel & Partner", "Marsh, Reid and Kerr LLP", `The "Blue Door" Bakery`,
			"Lindqvist, Öberg & Co.", "Sunrise Dairy, Ltd.", `Trattoria "Da Elisa"`, "Peña, Ortega y Asociados",
			"Mill Road Garage,\nUnit 4", `Club "Orion", e.V.`,
		},
		notes: []string{
			"Prefers mail on Tuesdays and Thursdays", "Met at the spring fair in hall four", "Renewal due in June; send the new price list",
			"Ask for the front desk and mention the invoice", "Déjà cliente depuis 2019 et très fidèle", "Collects loyalty points for the whole family",
			"Vegetarian menu only", "Möchte keinen gedruckten Katalog mehr", "Speaks Spanish and English", "Moved in March 2018; old address still on file",
			"Referred by a colleague at the trade association", "Hasn't opened a mail since the end of May", "Pays by invoice within thirty days",
			"Wants the large print edition of the newsletter", "Sends thank-you cards ☕", "Signed up at the till during the summer sale",
			"Two dogs and a boat", "Birthday voucher sent but not yet redeemed",
			"Interested in the evening course for beginners", "Newsletter: monthly digest instead of weekly", `Contract lies in \\north\crm\2018`,
			`Imported from C:\mail\lists\old`, `Test group A\B of the autumn campaign`, "Prefiere que le llamen por la mañana", "Window seat – always",
		},
		quotedNotes: []string{
			"Likes tea, not coffee", `Said "call me after six" and hung up`, "Leave parcels with\nthe neighbour on the left", `Bought the 12" pressing twice`,
			"Two children, one at school", `Known as "Bo" at the club`, "Ring twice,\nthen wait for the porter", `Files are in "C:\crm\vip"`,
			"Allergies: nuts, sesame", "Mo, Di und Do erreichbar, sonst per Post", "First visit: May\nSecond visit: June\nNext: call",
			`Ordered 3, wants "express" delivery`,
		},
		interests: []string{
			"cycling", "jazz", "hiking", "photography", "chess", "gardening", "street food", "sailing", "theatre", "old maps",
			"astronomy", "pottery", "climbing", "film noir", "cooking", "football", "running", "crochet", "birdwatching",
			"opéra", "Yoga", "board games", "fotografía", "surfing", "history",
		},
		quotedInterests: []string{"books, second hand", `"slow" travel`, "tea, green", "music,\nlive", `12" records`},
		makes: []string{
			"Samsung", "Google", "OnePlus", "LG", "Motorola", "Sony", "Xiaomi", "Huawei", "Nokia", "HTC", "OPPO", "ASUS",
		},
		users: []string{"user-"},
	}
}

// foreignPhrases are texts of which every one has a character outside ASCII: two, three and
// four bytes long, left to right and right to left.
func foreignPhrases() phrases {
	return phrases{
		companies: []string{
			"株式会社あおぞら", "青木书店", "ТОВ «Калина»", "Αρτοποιείο Ήλιος", "مكتبة النيل", "서울자전거", "ร้านกาแฟดอยคำ",
			"Café Azulejo", "Bäckerei Sonnenblume", "Łódzkie Młyny", "Çınar Kitabevi", "हिमालय चाय", "Blåbärskullen", "Đại Dương",
		},
		quotedCompanies: []string{"Öberg, Sjö & Söner", "Café «Été», SARL", `Галерея "Світло"`, `"さくら"商店`, "Müller,\nKrüger GbR"},
		notes: []string{
			"次回は電話で連絡してください", "Ждёт новый каталог весной", "Déjà cliente depuis l’été", "喜欢绿茶和爵士乐", "저녁에만 전화 가능",
			"Προτιμά ηλεκτρονικό ταχυδρομείο", "يفضل الاتصال مساءً", "ชอบอ่านหนังสือ", "Möchte keinen Katalog für Gärtner", "❤️ 🎷 🚲",
			"मासिक पत्रिका चाहिए", "Thích trà sen 🍵", "Świąteczny kupon wysłany", "Doğum günü çeki gönderildi 🎂",
		},
		quotedNotes: []string{"茶, コーヒー以外", `Сказала "після шостої"`, "Première visite : mai\nDeuxième : août", "Größe 42, blau", `"静かな席" 希望`},
		interests: []string{
			"写真", "자전거", "джаз", "σκάκι", "الطبخ", "ดนตรี", "opéra", "fotografía", "gärtnern", "żeglarstwo", "yürüyüş", "किताबें", "🎻 음악", "đọc sách",
		},
		quotedInterests: []string{"café, thé", `"шахи"`, "книги,\nкарти"},
		makes:           []string{"小米", "华为", "三星", "ソニー", "삼성", "Шаомі", "联想", "नोकिया"},
		users:           []string{"用户-", "ユーザー", "користувач-", "χρήστης-", "müşteri-"},
	}
}

// filler are the words that long values are made of.
func filler() []string {
	return []string{
		"around", "the", "harbour", "before", "noon", "with", "a", "small", "brass", "lantern", "and", "letters", "from", "seven",
		"quiet", "villages", "that", "nobody", "had", "opened", "since", "last", "winter", "when", "ferries", "still", "ran",
		"every", "hour", "past", "old", "lighthouse",
	}
}

// The small closed lists of the standard fields.

func appVersions() []string {
	return []string{"1.0.2", "1.4.0", "2.0.0", "2.3.1", "3.1.4-beta.2", "10.12"}
}

func models() []string {
	return []string{"Pixel 3", "Galaxy S9", "iPhone8,1", "Moto G6", "P30 Pro", "Fire HD 8"}
}
func modelVersions() []string    { return []string{"8.1", "2018", "SM-G960F", "A1688", "G013A"} }
func platformVersions() []string { return []string{"9", "8.1.0", "12.4.1", "13.1", "10", "5.1.1"} }

// The custom names of the widest shape: with the metrics 40 in all, which is what an account of
// the profile "classic" may have, and 16 of a kind, where 20 are allowed.

func wideAttributes() []string {
	return []string{
		"Tags", "Plan", "Source", "Campaign", "Ride", "Store", "Coupons", "Devices", "Languages", "Channels", "Events", "Topics",
		"Wishlist", "Visited", "Badges", "Notes",
	}
}

func wideUserAttributes() []string {
	return []string{
		"Interests", "Clubs", "Circles", "Sports", "Teams", "Roles", "Skills", "Projects", "Courses", "Awards", "Groups",
		"Titles", "Nicknames", "Hobbies", "Memberships", "Colors",
	}
}

func wideMetrics() []string {
	return []string{"Sessions", "Spend", "Orders", "Returns", "Balance", "Score", "DaysAway", "Distance"}
}
