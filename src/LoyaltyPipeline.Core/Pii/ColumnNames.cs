using System.Text;
using System.Text.RegularExpressions;

namespace LoyaltyPipeline.Core.Pii;

/// <summary>Reads the names of columns: <c>CUSTOMER_EMAIL</c>, <c>customerEmail</c> and <c>customer e-mail</c> say the same.</summary>
internal static partial class ColumnNames
{
    // A word of a few letters counts only where it stands by itself.
    private const int ShortestPart = 5;

    private static readonly Dictionary<PiiKind, string[]> Fitting = new()
    {
        [PiiKind.Email] = ["email", "mail", "correo", "courriel", "epost", "sahkoposti"],
        [PiiKind.Phone] =
        [
            "phone", "tel", "telephone", "telefon", "telefono", "telefone", "telefoon", "puhelin", "mobile", "mobil", "mobiel", "movil",
            "cell", "cellphone", "celular", "handy", "fax", "msisdn", "gsm",
            "whatsapp", "sms", "portable", "komorka",
        ],
        [PiiKind.CardNumber] = ["card", "cardnumber", "creditcard", "ccnumber", "cc", "pan", "kreditkarte", "karte", "tarjeta", "carte",
            "carta", "karta", "kort", "kaart", "cartao"],
        [PiiKind.Iban] = ["iban", "bankaccount", "account", "konto", "compte", "cuenta", "conto", "rekening"],
        [PiiKind.NationalId] =
        [
            "nationalid", "nationalidentity", "identity", "idnumber", "idno", "ssn", "taxid", "steuerid", "steuernummer", "dni", "nie",
            "nif", "pesel", "bsn", "burgerservicenummer", "rijksregister", "niss", "insz",
            "personnummer", "personnr", "hetu", "henkilotunnus", "fodselsnummer", "fnr", "codicefiscale", "cf", "nir", "securitesociale",
            "insee", "cpf", "residentid", "socialsecurity", "citizenid", "passport",
        ],
        [PiiKind.PersonName] =
        [
            "fullname", "firstname", "lastname", "givenname", "familyname", "middlename", "surname", "forename", "maidenname", "vorname",
            "nachname", "nombre", "apellido", "apellidos", "prenom", "imie", "nazwisko",
            "cognome", "voornaam", "achternaam", "fornamn", "efternamn", "etternavn", "fornavn", "etunimi", "sukunimi", "sobrenome",
            "personname", "customername", "clientname", "contactname", "membername", "holdername",
            "cardholder", "employeename", "patientname", "guestname", "ownername", "recipientname", "accountholder",
        ],
        [PiiKind.IpAddress] = ["ip", "ipaddress", "ipaddr", "ipv4", "ipv6", "remoteaddr", "clientip", "sourceip"],
        [PiiKind.Coordinates] = ["lat", "latitude", "lon", "lng", "long", "longitude", "coord", "coords", "coordinates", "geo", "gps",
            "latlon", "latlng", "geolocation", "breitengrad", "laengengrad"],
        [PiiKind.FreeText] = ["comment", "comments", "note", "notes", "text", "description", "message", "remark", "remarks", "body",
            "feedback", "notiz", "comentario", "memo"],
    };

    private static readonly string[] OtherNumbers =
    [
        "order", "invoice", "ticket", "sku", "product", "article", "ean", "gtin", "isbn", "upc", "imei", "serial", "version", "hash", "sha",
        "md5", "checksum", "uuid", "guid", "session", "timestamp", "epoch", "time", "date",
        "amount", "price", "quantity", "count", "total", "score", "batch", "tracking", "shipment", "transaction", "build", "release",
    ];

    private static readonly string[] OtherNames =
    [
        "product", "feature", "module", "region", "company", "firm", "file", "table", "column", "host", "event", "campaign", "brand",
        "city", "town", "country", "street", "group", "team", "category", "segment",
        "plan", "app", "browser", "device", "job", "role", "status", "type", "kind", "store", "shop", "department", "state", "place",
        "school", "species",
    ];

    /// <summary>What a name says about a kind.</summary>
    public static ColumnNameHint HintOf(string name, PiiKind kind)
    {
        var words = WordsOf(name);
        // Of a CLIENT_IP_VERSION the last word says what it is.
        var other = kind switch
        {
            PiiKind.PersonName => OtherNames,
            PiiKind.CardNumber or PiiKind.NationalId or PiiKind.Phone or PiiKind.IpAddress => OtherNumbers,
            _ => [],
        };
        if (words.Exists(word => other.Contains(word, StringComparer.Ordinal)))
            return ColumnNameHint.Other;
        var joined = string.Concat(words);
        return Array.Exists(
            Fitting[kind],
            word => words.Contains(word, StringComparer.Ordinal) || joined == word
                || (word.Length >= ShortestPart && joined.Contains(word, StringComparison.Ordinal)))
            ? ColumnNameHint.Fits
            : ColumnNameHint.None;
    }

    private static List<string> WordsOf(string name) =>
        [.. Word().Matches(Plain(name)).Select(word => word.Value.ToLowerInvariant())];

    // A few letters of Europe that names of columns are written with, or without.
    private static string Plain(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var letter in name)
        {
            plain.Append(letter switch
            {
                'á' or 'à' or 'â' or 'ã' or 'ä' or 'å' => 'a',
                'é' or 'è' or 'ê' or 'ë' or 'ę' => 'e',
                'í' or 'ì' or 'î' or 'ï' => 'i',
                'ó' or 'ò' or 'ô' or 'õ' or 'ö' or 'ø' => 'o',
                'ú' or 'ù' or 'û' or 'ü' => 'u',
                'ñ' => 'n',
                'ç' => 'c',
                'ł' => 'l',
                _ => letter,
            });
        }

        return plain.ToString();
    }

    [GeneratedRegex(
        @"\p{Lu}+(?!\p{Ll})[0-9]*|\p{Lu}?\p{Ll}+[0-9]*|[\p{L}-[\p{Lu}\p{Ll}]]+|[0-9]+", RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
