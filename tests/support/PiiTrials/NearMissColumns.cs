using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Bogus;

namespace LoyaltyPipeline.PiiTrials;

/// <summary>
/// Columns that hold nothing personal and look as if: numbers of orders, versions, hashes, times, codes, amounts, and words that begin with
/// a capital.
/// </summary>
public sealed class NearMissColumns
{
    private const int Values = 100;

    private readonly Random _random;
    private readonly Faker _faker;
    private readonly (string Sort, string[] Names, Func<int, string> Next)[] _makers;

    private NearMissColumns(int seed)
    {
        _random = new Random(seed);
        _faker = new Faker("en") { Random = new Randomizer(seed) };
        _makers =
        [
            ("16 digits", ["ORDER_NUMBER", "REFERENCE", "X"], _ => Digits("4", 16)),
            ("16 digits of Mastercard", ["ORDER_NO", "REF", "VALUE"], _ => Digits("52", 16)),
            ("15 digits", ["TRANSACTION_ID", "X"], _ => Digits("37", 15)),
            ("IMEI", ["IMEI", "DEVICE"], _ => WithLuhn(Digits("35", 14))),
            ("sequence of 16 digits", ["ORDER_ID", "X"], position => $"{4_000_000_000_000_000 + position}"),
            ("sequence", ["USER_ID", "ID"], position => $"{1_000_000 + position}"),
            ("9 digits", ["INVOICE", "X"], _ => Digits("", 9)),
            ("10 digits", ["ORDER_NUMBER", "X"], _ => Digits("", 10)),
            ("11 digits", ["TICKET", "VALUE"], _ => Digits("", 11)),
            ("13 digits", ["SERIAL", "X"], _ => Digits("", 13)),
            ("18 digits", ["TRACKING", "X"], _ => Digits("1", 18)),
            (
                "day and number", ["ORDER_NO", "X"],
                position => string.Create(CultureInfo.InvariantCulture, $"{Day():yyMMdd}{position:00000}")),
            ("day and 4 digits", ["BATCH", "X"], _ => string.Create(CultureInfo.InvariantCulture, $"{Day():yyMMdd}-{Digits("", 4)}")),
            ("EAN", ["EAN", "PRODUCT_CODE", "X"], _ => WithEan(Digits("40", 12))),
            ("ISBN", ["ISBN", "X"], _ => WithEan(Digits("978", 12))),
            ("ISBN with hyphens", ["ISBN", "X"], _ => $"978-3-{Digits("", 3)}-{Digits("", 5)}-{Digits("", 1)}"),
            ("UUID", ["SESSION_ID", "X"], _ => $"{_faker.Random.Uuid()}"),
            ("SHA-256", ["HASH", "X"], position => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{position}")))),
            ("MD5", ["CHECKSUM", "X"], _ => _faker.Random.Hexadecimal(32, string.Empty)),
            ("seconds", ["TIMESTAMP", "X"], _ => $"{1_700_000_000 + _random.Next(99_999_999)}"),
            ("milliseconds", ["EVENT_TIME", "X"], _ => $"{1_700_000_000_000 + _random.NextInt64(99_999_999_999)}"),
            ("microseconds", ["EVENT_TIME", "X"], _ => $"{1_700_000_000_000_000 + _random.NextInt64(99_999_999_999_999)}"),
            ("days", ["CREATED", "X"], _ => Day().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ("days of America", ["CREATED", "X"], _ => Day().ToString("MM/dd/yyyy", CultureInfo.InvariantCulture)),
            ("days of Germany", ["CREATED", "X"], _ => Day().ToString("dd.MM.yyyy", CultureInfo.InvariantCulture)),
            ("times", ["CREATED_AT", "X"], _ => Day().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)),
            ("times of 14 digits", ["CREATED_AT", "X"], _ => Day().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)),
            ("times of 17 digits", ["RUN", "X"], _ => Day().ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture)),
            ("clock", ["DURATION", "X"], _ => Day().ToString("HH:mm:ss", CultureInfo.InvariantCulture)),
            (
                "versions of three", ["VERSION", "X"],
                _ => string.Create(CultureInfo.InvariantCulture, $"{_random.Next(9)}.{_random.Next(30)}.{_random.Next(20)}")),
            (
                "versions of four", ["APP_VERSION", "X"],
                _ => string.Create(
                    CultureInfo.InvariantCulture, $"{_random.Next(9)}.{_random.Next(20)}.{_random.Next(20)}.{_random.Next(40)}")),
            (
                "versions of Windows", ["OS", "X"],
                _ => string.Create(CultureInfo.InvariantCulture, $"10.0.{_random.Next(10_000, 26_000)}.{_random.Next(4000)}")),
            (
                "versions of Chrome", ["BROWSER_VERSION", "X"],
                _ => string.Create(
                    CultureInfo.InvariantCulture, $"{_random.Next(90, 140)}.0.{_random.Next(4000, 7000)}.{_random.Next(200)}")),
            ("codes", ["SKU", "X"], _ => $"{_faker.Random.String2(3, "ABCDEFGHJKLMNPQRSTUVWXYZ")}-{Digits("", 5)}"),
            ("codes with a check letter", ["ARTICLE", "X"], _ => $"{Digits("", 8)}{_faker.Random.String2(1, "ABCDEFGHJKLMNPQRSTVWXYZ")}"),
            ("codes that begin like accounts", ["CONTRACT", "X"], _ => $"DE{Digits("", 20)}"),
            ("VAT numbers", ["VAT", "X"], _ => $"DE{Digits("", 9)}"),
            ("BIC", ["BIC", "X"], _ => _faker.Finance.Bic()),
            ("parts of numbers", ["PART", "X"], _ => $"{Digits("", 3)}-{Digits("", 4)}-{Digits("", 3)}"),
            ("amounts", ["AMOUNT", "X"], _ => _random.NextDouble().ToString("0.00", CultureInfo.InvariantCulture)),
            ("large amounts", ["TOTAL", "X"], _ => (_random.NextDouble() * 1e7).ToString("#,##0.00", CultureInfo.InvariantCulture)),
            ("amounts of Germany", ["BETRAG", "X"], _ => $"{_random.Next(1, 999)}.{_random.Next(100, 999)},{_random.Next(10, 99)}"),
            ("signed amounts", ["DELTA", "X"], _ => $"+{_random.Next(1000, 9999)}.{_random.Next(10, 99)}"),
            ("measures", ["WEIGHT", "RATIO", "X"], _ => (_random.NextDouble() * 90).ToString("0.00000", CultureInfo.InvariantCulture)),
            (
                "measures in one", ["SIZE", "X"],
                _ => string.Create(CultureInfo.InvariantCulture, $"{_random.NextDouble() * 900:0.00} x {_random.NextDouble() * 900:0.00}")),
            ("MAC", ["MAC", "X"], _ => _faker.Internet.Mac()),
            ("handles", ["HANDLE", "X"], _ => $"@{_faker.Internet.UserName()}"),
            ("user names", ["LOGIN", "X"], _ => _faker.Internet.UserName()),
            ("pictures", ["FILE", "X"], _ => $"{_faker.Lorem.Word()}@{_random.Next(1, 4)}x.png"),
            ("packages", ["DEPENDENCY", "X"], _ => $"{_faker.Lorem.Word()}@{_random.Next(9)}.{_random.Next(9)}.{_random.Next(9)}"),
            ("pages", ["URL", "X"], _ => _faker.Internet.UrlWithPath()),
            ("paths", ["PATH", "X"], _ => _faker.System.FilePath()),
            ("products", ["PRODUCT_NAME", "NAME", "X"], _ => _faker.Commerce.ProductName()),
            ("departments", ["DEPARTMENT", "X"], _ => _faker.Commerce.Department()),
            ("companies", ["COMPANY_NAME", "X"], _ => $"{_faker.Company.CatchPhrase()} Ltd"),
            ("cities", ["CITY", "X"], _ => _faker.Address.City()),
            ("countries", ["COUNTRY_NAME", "X"], _ => _faker.Address.Country()),
            ("streets", ["STREET", "X"], _ => _faker.Address.StreetAddress()),
            (
                "regions", ["REGION_NAME", "X"],
                _ => $"{_faker.PickRandom("North", "South", "East", "West", "Central", "Greater")} {_faker.Address.State()}"),
            ("post codes", ["ZIP", "X"], _ => _faker.Address.ZipCode()),
            ("words", ["STATUS", "X"], _ => _faker.Lorem.Word()),
            ("titles", ["TITLE", "X"], _ => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(string.Join(' ', _faker.Lorem.Words(2)))),
            ("sentences", ["COMMENT", "DESCRIPTION", "X"], _ => _faker.Lorem.Sentence()),
            ("texts with numbers of orders", ["COMMENT", "X"], _ => $"{_faker.Lorem.Sentence()} order {Digits("4", 16)} is late"),
            (
                "texts with versions", ["NOTES", "X"],
                _ => $"since {_random.Next(9)}.{_random.Next(9)}.{_random.Next(9)} at user@host, +{_random.Next(99)} days"),
            ("truth", ["ACTIVE", "X"], _ => _random.Next(2) == 0 ? "true" : "false"),
            ("small numbers", ["SCORE", "X"], _ => $"{_random.Next(100)}"),
            ("one value", ["CODE", "X"], _ => "4111111111111111"),
        ];
    }

    /// <summary>Makes columns, the same for the same seed: each sort as many times.</summary>
    public static IReadOnlyList<LabelledColumn> Make(int rounds, int seed)
    {
        var maker = new NearMissColumns(seed);
        return
        [
            .. from round in Enumerable.Range(0, rounds)
               from sort in maker._makers
               select new LabelledColumn(
                   sort.Sort, sort.Names[round % sort.Names.Length], Kind: null, 0, [.. Enumerable.Range(0, Values).Select(sort.Next)]),
        ];
    }

    private DateTime Day() => new DateTime(2020, 1, 1).AddSeconds(_random.Next(200_000_000)).AddMilliseconds(_random.Next(1000));

    private string Digits(string prefix, int length) =>
        prefix + string.Concat(Enumerable.Range(0, length - prefix.Length).Select(_ => (char)('0' + _random.Next(10))));

    private static string WithLuhn(string number)
    {
        var sum = number.Reverse()
            .Select((digit, position) => position % 2 == 1 ? digit - '0' : (digit - '0') * 2 / 10 + (digit - '0') * 2 % 10).Sum();
        return $"{number}{(10 - sum % 10) % 10}";
    }

    private static string WithEan(string number) =>
        $"{number}{(10 - number.Select((digit, position) => (digit - '0') * (position % 2 == 0 ? 1 : 3)).Sum() % 10) % 10}";
}
