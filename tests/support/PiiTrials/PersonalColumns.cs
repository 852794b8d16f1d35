using System.Globalization;
using Bogus;
using Bogus.DataSets;

namespace LoyaltyPipeline.PiiTrials;

/// <summary>Columns that hold personal data: in several languages and spellings, called so or not, alone or among other values.</summary>
public sealed class PersonalColumns
{
    private const int Values = 100;

    private static readonly string[] Locales = ["en", "de", "fr", "es", "it", "pl", "nl", "sv", "pt_BR", "nb_NO", "fi", "tr"];
    private static readonly string[] Neutral = ["COL_7", "VALUE", "field3", "DATA", "attr_b", "X", "extra", "INFO"];
    private static readonly string[] Nothing = ["n/a", "-", "unknown", "none", "see file", "?"];

    private readonly Random _random;
    private readonly Dictionary<string, Faker> _fakers;

    private PersonalColumns(int seed)
    {
        _random = new Random(seed);
        _fakers = Locales.ToDictionary(
            locale => locale, locale => new Faker(locale) { Random = new Randomizer(_random.Next()) }, StringComparer.Ordinal);
    }

    /// <summary>Makes columns of a kind, the same for the same seed.</summary>
    public static IReadOnlyList<LabelledColumn> Of(PiiKind kind, int count, int seed)
    {
        var maker = new PersonalColumns(seed);
        return [.. Enumerable.Range(0, count).Select(number => maker.Make(kind, isNamed: number % 2 == 0))];
    }

    private Faker Any => _fakers[Pick(Locales)];

    private LabelledColumn Make(PiiKind kind, bool isNamed)
    {
        var (sort, name, next) = kind switch
        {
            PiiKind.Email => Email(isNamed),
            PiiKind.Phone => Phone(isNamed),
            PiiKind.CardNumber => Card(isNamed),
            PiiKind.Iban => ("account", Name(isNamed, "IBAN", "bank_account", "kontonummer", "payout_iban"), Iban(_random.Next(3) == 0)),
            PiiKind.NationalId => NationalId(isNamed),
            PiiKind.PersonName => PersonName(isNamed),
            PiiKind.IpAddress => IpAddress(isNamed),
            PiiKind.Coordinates => Coordinates(isNamed),
            PiiKind.FreeText => FreeText(isNamed),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind."),
        };
        // Of texts a few have something in them; of other columns nearly all values, most or some are of the kind.
        var share = kind == PiiKind.FreeText ? Pick(0.05, 0.2, 0.5) : Pick(1, 1, 0.9, 0.6);
        Func<string> other = kind == PiiKind.FreeText ? () => Any.Lorem.Sentence() : () => Pick(Nothing);
        var personal = (int)(Values * share);
        return new LabelledColumn(
            $"{kind} {sort}", name, kind, share,
            [.. Enumerable.Range(0, Values).Select(position => position < personal ? next() : other()).OrderBy(_ => _random.Next())]);
    }

    private (string, string, Func<string>) Email(bool isNamed)
    {
        var name = Name(isNamed, "EMAIL", "contactMail", "e-mail", "correo", "Customer Email Address");
        return _random.Next(4) switch
        {
            0 => ("with name", name, () => Any is var faker ? $"{faker.Name.FullName()} <{faker.Internet.Email()}>" : string.Empty),
            1 => ("upper case", name, () => Any.Internet.Email().ToUpperInvariant()),
            2 => ("with tag", name, () => Any.Internet.Email().Replace("@", $"+{_random.Next(99)}@", StringComparison.Ordinal)),
            _ => ("plain", name, () => Any.Internet.Email()),
        };
    }

    private (string, string, Func<string>) Phone(bool isNamed)
    {
        var (sort, next) = TelephoneNumbers.Pick(_random, isNamed);
        return (sort, Name(isNamed, "PHONE", "mobileNumber", "telefon", "Tel.", "CELL", "telefono_movil", "fax"), next);
    }

    private (string, string, Func<string>) Card(bool isNamed)
    {
        var isGrouped = _random.Next(3);
        return ("card", Name(isNamed, "CARD_NUMBER", "creditCard", "cc", "PAN", "tarjeta"), Next);

        string Next()
        {
            var number = CardNumber(Pick(CardType.Visa, CardType.Mastercard, CardType.AmericanExpress, CardType.Discover));
            return isGrouped == 0 ? number : string.Join(isGrouped == 1 ? ' ' : '-', number.Chunk(4).Select(group => new string(group)));
        }
    }

    // The library also makes numbers of 13 digits and those of Laser, which are issued no more, and of 20, which never were.
    private string CardNumber(CardType type)
    {
        while (true)
        {
            var number = Any.Finance.CreditCardNumber(type).Replace("-", string.Empty, StringComparison.Ordinal);
            if (number.Length is > 13 and < 20 && !number.StartsWith("6771", StringComparison.Ordinal))
                return number;
        }
    }

    private Func<string> Iban(bool isGrouped) => () => Any.Finance.Iban(isGrouped);

    private (string, string, Func<string>) NationalId(bool isNamed)
    {
        var country = NationalNumbers.Countries[_random.Next(NationalNumbers.Countries.Count)];
        var numbers = new NationalNumbers(Any, _random);
        return (country, Name(isNamed, "NATIONAL_ID", "taxId", "dni", "pesel", "id_number", "personnummer"), () => numbers.Next(country));
    }

    private (string, string, Func<string>) PersonName(bool isNamed)
    {
        var faker = Any;
        var language = faker.Locale;
        return _random.Next(isNamed ? 5 : 4) switch
        {
            0 => (
                $"family name first {language}", Name(isNamed, "FULL_NAME", "customerName"),
                () => $"{faker.Name.LastName()}, {faker.Name.FirstName()}"),
            1 => (
                $"capitals {language}", Name(isNamed, "CONTACT_NAME", "Cardholder"),
                () => $"{faker.Name.FirstName()} {faker.Name.LastName()}".ToUpperInvariant()),
            2 => ($"given names {language}", Name(isNamed, "FIRST_NAME", "vorname", "prénom"), () => faker.Name.FirstName()),
            4 => ($"family names {language}", Name(isNamed, "LAST_NAME", "nachname", "apellidos"), () => faker.Name.LastName()),
            _ => (
                $"full {language}", Name(isNamed, "FULL_NAME", "employee_name", "memberName"),
                () => $"{faker.Name.FirstName()} {faker.Name.LastName()}"),
        };
    }

    private (string, string, Func<string>) IpAddress(bool isNamed)
    {
        var name = Name(isNamed, "IP", "clientIp", "remote_addr", "IP_ADDRESS");
        return _random.Next(4) switch
        {
            0 => ("version 6", name, () => Any.Internet.Ipv6()),
            1 => ("private", name, () => string.Create(CultureInfo.InvariantCulture, $"192.168.{_random.Next(4)}.{_random.Next(1, 255)}")),
            2 => (
                "of a network", name,
                () => string.Create(CultureInfo.InvariantCulture, $"10.{_random.Next(4)}.{_random.Next(256)}.{_random.Next(1, 255)}")),
            _ => ("version 4", name, () => Any.Internet.Ip()),
        };
    }

    private (string, string, Func<string>) Coordinates(bool isNamed)
    {
        var format = Pick(
            "{0:0.0000}, {1:0.0000}", "{0:0.000000},{1:0.000000}", "POINT({1:0.00000} {0:0.00000})", "{0:0.00000};{1:0.00000}");
        return isNamed && _random.Next(2) == 0
            ? (
                "degrees", Name(isNamed: true, "LATITUDE", "lon", "geo_lat"),
                () => Any.Address.Latitude().ToString("0.00000", CultureInfo.InvariantCulture))
            : (
                "pair", Name(isNamed, "COORDINATES", "gps", "geoLocation"),
                () => string.Format(CultureInfo.InvariantCulture, format, Any.Address.Latitude(), Any.Address.Longitude()));
    }

    private (string, string, Func<string>) FreeText(bool isNamed)
    {
        Func<string> part = _random.Next(4) switch
        {
            0 => () => Any.Internet.Email(),
            1 => () => TelephoneNumbers.International(_random),
            2 => Iban(_random.Next(2) == 0),
            _ => () => string.Join(' ', CardNumber(CardType.Visa).Chunk(4).Select(group => new string(group))),
        };
        return (
            "text", Name(isNamed, "COMMENT", "notes", "message_body", "Feedback"),
            () => Any is var faker ? $"{faker.Lorem.Sentence()} {part()} {faker.Lorem.Sentence()}" : string.Empty);
    }

    private string Name(bool isNamed, params string[] names) => isNamed ? Pick(names) : Pick(Neutral);

    private T Pick<T>(params T[] choices) => choices[_random.Next(choices.Length)];
}
