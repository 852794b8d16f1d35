using Bogus;
using Bogus.Extensions.Brazil;
using Bogus.Extensions.Finland;
using Bogus.Extensions.Italy;
using Bogus.Extensions.Norway;
using Bogus.Extensions.Poland;
using Bogus.Extensions.Sweden;

namespace LoyaltyPipeline.PiiTrials;

/// <summary>
/// Numbers that states give to persons: of some by a library, of the others by the rules as they are published, without a look at the
/// detectors.
/// </summary>
internal sealed class NationalNumbers(Faker faker, Random random)
{
    public static IReadOnlyList<string> Countries { get; } = ["BE", "BR", "CN", "DE", "ES", "FI", "FR", "IT", "NL", "NO", "PL", "SE", "ZA"];

    public string Next(string country) => country switch
    {
        "BE" => Belgian(),
        "BR" => Person("pt_BR").Cpf(random.Next(2) == 0),
        "CN" => Chinese(),
        "DE" => German(),
        "ES" => Spanish(),
        "FI" => Person("fi").Henkilotunnus(),
        "FR" => French(),
        "IT" => Person("it").CodiceFiscale(),
        "NL" => Dutch(),
        "NO" => Person("nb_NO").Fodselsnummer(),
        "PL" => Person("pl").Pesel(),
        "SE" => Person("sv").Personnummer(),
        "ZA" => SouthAfrican(),
        _ => throw new ArgumentOutOfRangeException(nameof(country), country, "No such country."),
    };

    // Without a day of reference it would be by the clock.
    private Person Person(string locale) => new(locale, random.Next(), new DateTime(2026, 6, 30));

    private DateTime Birth() => faker.Date.Between(new DateTime(1940, 1, 1), new DateTime(2006, 12, 31));

    private string Belgian()
    {
        var birth = Birth();
        var number = $"{birth:yyMMdd}{random.Next(1, 998):000}";
        var check = 97 - long.Parse(birth.Year >= 2000 ? $"2{number}" : number, System.Globalization.CultureInfo.InvariantCulture) % 97;
        return random.Next(2) == 0 ? $"{number}{check:00}" : $"{number[..2]}.{number[2..4]}.{number[4..6]}-{number[6..]}.{check:00}";
    }

    private string Chinese()
    {
        var number = $"{random.Next(11, 66)}{random.Next(1, 30):00}{random.Next(1, 30):00}{Birth():yyyyMMdd}{random.Next(1000):000}";
        var sum = 0;
        for (var position = 0; position < number.Length; position++)
            sum += (number[position] - '0') * (int)(Math.Pow(2, 17 - position) % 11);
        var check = (12 - sum % 11) % 11;
        return $"{number}{(check == 10 ? "X" : $"{check}")}";
    }

    private string German()
    {
        // Ten digits of which one is there twice and one not at all.
        var digits = Enumerable.Range(0, 10).OrderBy(_ => random.Next()).ToList();
        var twice = random.Next(1, 10);
        var gone = (twice + random.Next(1, 9)) % 10;
        digits[twice] = digits[gone];
        if (digits[0] == 0)
            digits = [.. digits.Skip(1), 0];
        if (digits[0] == 0)
            return German();
        var product = 10;
        foreach (var digit in digits)
        {
            var sum = (digit + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }

        return $"{string.Concat(digits)}{(11 - product == 10 ? 0 : 11 - product)}";
    }

    private string Spanish()
    {
        var isForeigner = random.Next(4) == 0;
        var number = isForeigner ? random.Next(30_000_000) : random.Next(1_000_000, 100_000_000);
        var letter = "TRWAGMYFPDXBNJZSQVHLCKE"[number % 23];
        return isForeigner
            ? $"{"XYZ"[number / 10_000_000]}{number % 10_000_000:0000000}{letter}"
            : $"{number:00000000}{(random.Next(4) == 0 ? "-" : string.Empty)}{letter}";
    }

    private string French()
    {
        var number = $"{random.Next(1, 3)}{Birth():yyMM}{random.Next(1, 96):00}{random.Next(1, 990):000}{random.Next(1, 999):000}";
        number = number[5..7] == "20" ? $"{number[..5]}75{number[7..]}" : number;
        var key = 97 - long.Parse(number, System.Globalization.CultureInfo.InvariantCulture) % 97;
        return random.Next(2) == 0
            ? $"{number}{key:00}"
            : $"{number[0]} {number[1..3]} {number[3..5]} {number[5..7]} {number[7..10]} {number[10..]} {key:00}";
    }

    private string Dutch()
    {
        while (true)
        {
            var number = $"{random.Next(10_000_000, 100_000_000)}";
            var sum = number.Select((digit, position) => (digit - '0') * (9 - position)).Sum();
            if (sum % 11 != 10)
                return $"{number}{sum % 11}";
        }
    }

    private string SouthAfrican()
    {
        var number = $"{Birth():yyMMdd}{random.Next(10_000):0000}{random.Next(2)}8";
        var sum = number.Reverse()
            .Select((digit, position) => position % 2 == 1 ? digit - '0' : (digit - '0') * 2 / 10 + (digit - '0') * 2 % 10).Sum();
        return $"{number}{(10 - sum % 10) % 10}";
    }
}
