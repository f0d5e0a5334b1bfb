package corpus

// The people of the corpus. A name that is not written in Latin letters carries, after a bar,
// the spelling that its e-mail address uses.

// people names one list of given and family names.
type people uint8

const (
	english people = iota
	spanish
	french
	german
	portuguese
	italian
	dutch
	nordic
	polish
	greek
	ukrainian
	turkish
	arabic
	arabicLatin
	african
	indian
	thai
	vietnamese
	chinese
	japanese
	korean
	peoples // how many there are
)

// nameList holds the given and the family names of one people.
type nameList struct {
	given, family []string
}

// nameLists returns the names of every people.
func nameLists() [peoples]nameList {
	return [peoples]nameList{
		english: {
			[]string{"Olivia", "Jack", "Amelia", "Henry", "Grace", "Samuel", "Chloë", "Nathan", "Ruby", "Owen", "Hannah", "Zoë", "Marcus", "Eleanor", "Theo", "Megan"},
			[]string{"Walker", "Hughes", "O'Brien", "Bennett", "Carter", "Fletcher", "Marsh", "Sullivan", "Whitaker", "Price", "Donnelly", "Brontë", "Osborne", "Kerr", "Holloway", "Reid"},
		},
		spanish: {
			[]string{"José", "Lucía", "Andrés", "Sofía", "Mateo", "Inés", "Joaquín", "Camila", "Diego", "Begoña", "Martín", "Ximena"},
			[]string{"García", "Núñez", "Hernández", "Ibáñez", "López", "Ortega", "Peña", "Salazar", "de la Cruz", "Quiroga", "Muñoz", "Vargas"},
		},
		french: {
			[]string{"Chloé", "Théo", "Élodie", "Hugo", "Anaïs", "Rémi", "Margaux", "Gaël", "Zoé", "Luc", "Françoise", "Noëlle"},
			[]string{"Lefèvre", "Moreau", "Garçon", "Dubois", "Béranger", "Rousseau", "Lemaître", "Chevalier", "Noël", "Fournier", "Côté", "Girard"},
		},
		german: {
			[]string{"Jonas", "Lena", "Jürgen", "Mia", "Björn", "Käthe", "Felix", "Sabine", "Günther", "Anneliese", "Moritz", "Jörg"},
			[]string{"Müller", "Schröder", "Weiß", "Bäcker", "Vogel", "König", "Lang", "Grünwald", "Krüger", "Hofmann", "Strauß", "Jäger"},
		},
		portuguese: {
			[]string{"João", "Beatriz", "Antônio", "Letícia", "Tiago", "Conceição", "Rafael", "Inês", "Vinícius", "Larissa"},
			[]string{"Gonçalves", "Araújo", "Simões", "Pereira", "Magalhães", "Falcão", "Ribeiro", "Assunção", "Teixeira", "Brandão"},
		},
		italian: {
			[]string{"Giulia", "Niccolò", "Chiara", "Matteo", "Noè", "Alessia", "Davide", "Mosè", "Elisa", "Tommaso"},
			[]string{"Rossi", "Di Marco", "Lo Turcò", "Bianchi", "D'Angelò", "Ferrari", "Galli", "Nicolò", "Conti", "Mondaìni"},
		},
		dutch: {
			[]string{"Daan", "Sanne", "Joëlle", "Bram", "Fleur", "Noë", "Thijs", "Lotte", "Daniël", "Maaike"},
			[]string{"de Vries", "van Dijk", "Bakker", "Smeïts", "van den Berg", "Visser", "Koëter", "Mulder", "Bos", "Coördes"},
		},
		nordic: {
			[]string{"Åsa", "Björn", "Sigrid", "Søren", "Maja", "Pär", "Freyja", "Jørgen", "Linnéa", "Aino", "Göran", "Märta"},
			[]string{"Lindqvist", "Sjöberg", "Ødegård", "Hansen", "Åkesson", "Mäkelä", "Nygård", "Kjær", "Öberg", "Virtanen"},
		},
		polish: {
			[]string{"Łukasz", "Agnieszka", "Paweł", "Małgorzata", "Michał", "Zofia", "Grażyna", "Bartłomiej", "Kasia", "Żaneta"},
			[]string{"Wójcik", "Kowalski", "Dąbrowska", "Wiśniewski", "Zając", "Kamiński", "Pietrzyk", "Jabłońska", "Szymański", "Gołąb"},
		},
		greek: {
			[]string{"Ελένη|eleni", "Γιώργος|giorgos", "Μαρία|maria", "Νίκος|nikos", "Αθηνά|athina", "Δημήτρης|dimitris", "Σοφία|sofia", "Κώστας|kostas"},
			[]string{"Παπαδόπουλος|papadopoulos", "Γεωργίου|georgiou", "Νικολάου|nikolaou", "Βλάχος|vlachos", "Οικονόμου|oikonomou", "Ιωάννου|ioannou"},
		},
		ukrainian: {
			[]string{"Олена|olena", "Андрій|andrii", "Марія|mariia", "Тарас|taras", "Ірина|iryna", "Богдан|bohdan", "Софія|sofiia", "Євген|yevhen"},
			[]string{"Шевченко|shevchenko", "Коваль|koval", "Бондаренко|bondarenko", "Ткачук|tkachuk", "Лисенко|lysenko", "Мельник|melnyk"},
		},
		turkish: {
			[]string{"Elif", "Mehmet", "Ayşe", "Çağla", "Emre", "Gülşen", "Oğuz", "Işıl", "Şükrü", "Zeynep"},
			[]string{"Yılmaz", "Demir", "Öztürk", "Şahin", "Çelik", "Aydın", "Koç", "Güneş", "Doğan", "Kaya"},
		},
		arabic: {
			[]string{"محمد|mohamed", "فاطمة|fatma", "أحمد|ahmed", "مريم|mariam", "يوسف|youssef", "ليلى|laila"},
			[]string{"حسن|hassan", "إبراهيم|ibrahim", "السيد|elsayed", "منصور|mansour", "خليل|khalil"},
		},
		arabicLatin: {
			[]string{"Amira", "Karim", "Noémie", "Yasmine", "Réda", "Samir", "Leïla", "Naïm"},
			[]string{"Haddad", "Benaïssa", "Mansouri", "Aït Ahmed", "Saïdi", "Farouk", "Belkacem"},
		},
		african: {
			[]string{"Adébáyọ̀|adebayo", "Wanjiru", "Chidi", "Ọlá|ola", "Thandiwe", "Kwame", "Ngozi", "Ẹniọlá|eniola", "Juma", "Akinyi"},
			[]string{"Adéyẹmí|adeyemi", "Okafor", "Kamau", "Ọládélé|oladele", "Nkosi", "Mwangi", "Balogun", "Dlamini", "Otieno"},
		},
		indian: {
			[]string{"Priya", "Arjun", "Ananya", "Rohan", "अनिल|anil", "Kavya", "Vikram", "Meera", "सुनीता|sunita", "Nikhil", "Divya", "Arnav"},
			[]string{"Sharma", "Iyer", "Patel", "वर्मा|verma", "Reddy", "Banerjee", "Nair", "गुप्ता|gupta", "Desai", "Menon"},
		},
		thai: {
			[]string{"สมชาย|somchai", "มาลี|malee", "อนันต์|anan", "ดาว|dao", "กมล|kamon"},
			[]string{"ใจดี|jaidee", "ศรีสุข|srisuk", "ทองคำ|thongkham", "วงศ์ไทย|wongthai"},
		},
		vietnamese: {
			[]string{"Linh", "Đức", "Thảo", "Minh", "Hương", "Tuấn", "Ngọc", "Phúc"},
			[]string{"Nguyễn", "Trần", "Lê", "Phạm", "Đặng", "Võ", "Bùi"},
		},
		chinese: {
			[]string{"秀兰|xiulan", "伟|wei", "静怡|jingyi", "强|qiang", "小红|xiaohong", "志明|zhiming", "雨桐|yutong", "建国|jianguo"},
			[]string{"王|wang", "李|li", "张|zhang", "陈|chen", "欧阳|ouyang", "赵|zhao", "周|zhou"},
		},
		japanese: {
			[]string{"さくら|sakura", "大輔|daisuke", "陽子|yoko", "健太|kenta", "アキラ|akira", "美咲|misaki", "翔|sho", "由美子|yumiko"},
			[]string{"佐藤|sato", "鈴木|suzuki", "高橋|takahashi", "渡辺|watanabe", "小林|kobayashi", "山田|yamada", "斎藤|saito"},
		},
		korean: {
			[]string{"민준|minjun", "서연|seoyeon", "지훈|jihoon", "하은|haeun", "도윤|doyun", "수빈|subin"},
			[]string{"김|kim", "이|lee", "박|park", "최|choi", "정|jung", "강|kang"},
		},
	}
}
