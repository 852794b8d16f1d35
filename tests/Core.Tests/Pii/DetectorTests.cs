using LoyaltyPipeline.Core.Pii;
using LoyaltyPipeline.Core.Pii.Detectors;
using LoyaltyPipeline.Core.Pii.Detectors.NationalIds;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Pii;

/// <summary>Detectors know the numbers that issuers, banks and states publish as examples, and not those with a slip in them.</summary>
public sealed class DetectorTests
{
    private static readonly IValueDetector[] NationalIds = [.. PiiDetectors.All.Where(detector => detector.Kind == PiiKind.NationalId)];

    [Theory]
    [InlineData("4111111111111111")] // Visa
    [InlineData("4012 8888 8888 1881")]
    [InlineData("5500-0055-5555-5559")] // Mastercard
    [InlineData("2223003122003222")]
    [InlineData("378282246310005")] // American Express
    [InlineData("3714 496353 98431")]
    [InlineData("6011111111111117")] // Discover
    [InlineData("3530111333300000")] // JCB
    [InlineData("30569309025904")] // Diners Club
    [InlineData("6200000000000005")] // UnionPay
    [InlineData("6759649826438453")] // Maestro
    public void Cards_of_test_systems(string number)
    {
        Assert.Equal(ValueMatch.Match, new CardNumberDetector().Look(number));
        Assert.Equal(ValueMatch.Form, new CardNumberDetector().Look(WithOtherLast(number)));
    }

    [Theory]
    [InlineData("1234567812345670")] // Luhn, but of no issuer
    [InlineData("4222222222222")] // issued no more
    [InlineData("41111111111111")] // 14 digits are not Visa's
    [InlineData("4111 1111 1111 1111 1111")]
    [InlineData("4111--111111111111")]
    [InlineData("4444444444444444")]
    [InlineData("20260630120000123")]
    [InlineData("1782820800000")] // milliseconds
    [InlineData("550e8400-e29b-41d4-a716-446655440000")]
    [InlineData("4111.1111.1111.1111")]
    public void What_is_no_card(string value) => Assert.Equal(ValueMatch.None, new CardNumberDetector().Look(value));

    [Theory]
    [InlineData("DE89 3704 0044 0532 0130 00")]
    [InlineData("GB82WEST12345698765432")]
    [InlineData("FR1420041010050500013M02606")]
    [InlineData("nl91abna0417164300")]
    [InlineData("NO9386011117947")]
    [InlineData("MT84MALT011000012345MTLCAST001S")]
    [InlineData("PL61109010140000071219812874")]
    [InlineData("BR1800360305000010009795493C1")]
    [InlineData("CH9300762011623852957")]
    [InlineData("ES9121000418450200051332")]
    [InlineData("SA0380000000608010167519")]
    public void Accounts_of_the_registry(string number) => Assert.Equal(ValueMatch.Match, new IbanDetector().Look(number));

    [Theory]
    [InlineData("DE88370400440532013000", ValueMatch.Form)]
    [InlineData("DE893704004405320130", ValueMatch.None)]
    [InlineData("XX89370400440532013000", ValueMatch.None)]
    [InlineData("DE8937040044053201300-", ValueMatch.None)]
    [InlineData("DE89370400440532013000 and more", ValueMatch.None)]
    public void What_is_no_account(string value, object expected) => Assert.Equal(expected, new IbanDetector().Look(value));

    [Theory]
    [InlineData(typeof(BelgianRegister), "85.07.30-033 28")]
    [InlineData(typeof(BelgianRegister), "17073003384")]
    [InlineData(typeof(BrazilianCpf), "111.444.777-35")]
    [InlineData(typeof(BrazilianCpf), "52998224725")]
    [InlineData(typeof(ChineseResidentId), "11010519491231002X")]
    [InlineData(typeof(DutchBsn), "111222333")]
    [InlineData(typeof(DutchBsn), "123456782")]
    [InlineData(typeof(FinnishIdentity), "131052-308T")]
    [InlineData(typeof(FrenchNir), "2 69 05 49 588 157 80")]
    [InlineData(typeof(FrenchNir), "255081416802538")]
    [InlineData(typeof(GermanTaxId), "86095742719")]
    [InlineData(typeof(GermanTaxId), "47036892816")]
    [InlineData(typeof(GermanTaxId), "65 929 970 489")]
    [InlineData(typeof(ItalianFiscalCode), "MRTMTT25D09F205Z")]
    [InlineData(typeof(ItalianFiscalCode), "RSSMRA85T10A562S")]
    [InlineData(typeof(NorwegianIdentity), "15076500565")]
    [InlineData(typeof(PolishPesel), "44051401359")]
    [InlineData(typeof(SouthAfricanId), "8001015009087")]
    [InlineData(typeof(SpanishIdentity), "12345678Z")]
    [InlineData(typeof(SpanishIdentity), "X1234567L")]
    [InlineData(typeof(SpanishIdentity), "12.345.678-z")]
    [InlineData(typeof(SwedishPersonnummer), "811218-9876")]
    [InlineData(typeof(SwedishPersonnummer), "191212121212")]
    public void Numbers_of_persons(Type detector, string number)
    {
        var known = Assert.Single(NationalIds, candidate => candidate.GetType() == detector);

        Assert.Equal(ValueMatch.Match, known.Look(number));
        Assert.NotEqual(ValueMatch.Match, known.Look(WithOtherLast(number)));
    }

    [Theory]
    [InlineData("44051301359")] // PESEL: the 51st month has a 30th, but the check digit is another's
    [InlineData("00000000000")]
    [InlineData("99999999999")]
    [InlineData("20260630")]
    [InlineData("811318-9876")] // no such month
    [InlineData("131352-308T")]
    [InlineData("11010519491331002X")]
    [InlineData("ABCDEF12G34H567I")]
    [InlineData("user-12345678")]
    public void What_is_no_number_of_a_person(string value) =>
        Assert.All(NationalIds, detector => Assert.NotEqual(ValueMatch.Match, detector.Look(value)));

    [Theory]
    [InlineData("ada@example.org")]
    [InlineData("ada.b+news@mail.example.co.uk")]
    [InlineData("Ada Byron <ada@example.org>")]
    [InlineData("mailto:ada@example.org")]
    [InlineData("o'hara@example.ie")]
    [InlineData("jörg@müller-bau.de")]
    [InlineData("x@xn--bcher-kva.example")]
    public void Addresses(string value) => Assert.Equal(ValueMatch.Match, new EmailDetector().Look(value));

    [Theory]
    [InlineData("@ada")]
    [InlineData("ada@localhost")]
    [InlineData("pkg@1.2.3")]
    [InlineData("icon@2x.png")]
    [InlineData("ada@@example.org")]
    [InlineData("a@b.c")]
    [InlineData("ada@example..org")]
    [InlineData(".ada@example.org")]
    [InlineData("ada@-example.org")]
    [InlineData("write to ada@example.org")]
    [InlineData(">")]
    public void What_is_no_address(string value) => Assert.Equal(ValueMatch.None, new EmailDetector().Look(value));

    [Theory]
    [InlineData("+49 30 901820", ValueMatch.Match)]
    [InlineData("+1 (650) 253-0000", ValueMatch.Match)]
    [InlineData("0044 20 7946 0018", ValueMatch.Match)]
    [InlineData("+33140205050", ValueMatch.Match)]
    [InlineData("+1-555-01", ValueMatch.None)]
    [InlineData("+999 12345678", ValueMatch.Form)]
    [InlineData("+1234.5678.9012.3456", ValueMatch.None)]
    [InlineData("2026-06-30", ValueMatch.None)]
    [InlineData("+", ValueMatch.None)]
    public void International_telephone_numbers(string value, object expected) =>
        Assert.Equal(expected, new InternationalPhoneDetector(needsName: false).Look(value));

    [Theory]
    [InlineData("US", "(650) 253-0000", ValueMatch.Match)]
    [InlineData("US", "650-253-0000", ValueMatch.Match)]
    [InlineData("DE", "030 901820", ValueMatch.Match)]
    [InlineData("FR", "01 40 20 50 50", ValueMatch.Match)]
    [InlineData("US", "6502530000", ValueMatch.None)] // only where the name says it
    [InlineData("US", "2026-06-30", ValueMatch.None)]
    [InlineData("DE", "30/06/2026", ValueMatch.None)]
    [InlineData("DE", "0.123456", ValueMatch.None)]
    public void National_telephone_numbers(string region, string value, object expected) =>
        Assert.Equal(expected, new NationalPhoneDetector(region, needsName: false).Look(value));

    [Fact]
    public void Digits_are_a_telephone_number_where_the_name_says_so() =>
        Assert.Equal(ValueMatch.Match, new NationalPhoneDetector("US", needsName: true).Look("6502530000"));

    [Theory]
    [InlineData("93.184.216.34", ValueMatch.Match)]
    [InlineData("192.168.1.1", ValueMatch.Match)]
    [InlineData("1.2.3.4", ValueMatch.Form)]
    [InlineData("10.0.19045.3570", ValueMatch.Form)]
    [InlineData("2.0.1", ValueMatch.None)]
    [InlineData("256.1.1.1", ValueMatch.Form)]
    [InlineData("01.02.03.99", ValueMatch.Form)]
    [InlineData("1.2.3.4-beta", ValueMatch.None)]
    public void Addresses_of_version_4(string value, object expected) => Assert.Equal(expected, new IpV4Detector().Look(value));

    [Theory]
    [InlineData("2001:db8:85a3::8a2e:370:7334", ValueMatch.Match)]
    [InlineData("fe80::1ff:fe23:4567:890a", ValueMatch.Match)]
    [InlineData("12:34:56", ValueMatch.None)]
    [InlineData("00:1a:2b:3c:4d:5e", ValueMatch.None)]
    [InlineData("::1", ValueMatch.None)]
    [InlineData("a:b", ValueMatch.None)]
    public void Addresses_of_version_6(string value, object expected) => Assert.Equal(expected, new IpV6Detector().Look(value));

    [Theory]
    [InlineData("52.5200, 13.4050", ValueMatch.Match)]
    [InlineData("-33.8688;151.2093", ValueMatch.Match)]
    [InlineData("POINT(151.2093 -33.8688)", ValueMatch.Match)]
    [InlineData("151.2093,-33.8688", ValueMatch.Form)]
    [InlineData("1.234,56", ValueMatch.None)]
    [InlineData("12.50, 13.99", ValueMatch.None)]
    [InlineData("52.5200", ValueMatch.None)]
    public void Places(string value, object expected) => Assert.Equal(expected, new CoordinatePairDetector().Look(value));

    [Theory]
    [InlineData("Ada Byron")]
    [InlineData("Byron, Ada")]
    [InlineData("Dr. Klaus von der Heide")]
    [InlineData("ANNA KOWALSKA")]
    [InlineData("Jean-Pierre Dupont")]
    [InlineData("Lucía")]
    public void Names(string value) => Assert.Equal(ValueMatch.Match, new GivenNameDetector().Look(value));

    [Theory]
    [InlineData("Northern Region", ValueMatch.Form)]
    [InlineData("one-click checkout", ValueMatch.None)]
    [InlineData("Model X200", ValueMatch.None)]
    [InlineData("ada", ValueMatch.None)]
    public void What_is_no_name(string value, object expected) => Assert.Equal(expected, new GivenNameDetector().Look(value));

    [Theory]
    [InlineData(typeof(EmbeddedEmailDetector), "Please write to ada@example.org.")]
    [InlineData(typeof(EmbeddedEmailDetector), "{\"to\":\"ada@example.org\"}")]
    [InlineData(typeof(EmbeddedPhoneDetector), "call me at +49 30 901820 tomorrow")]
    [InlineData(typeof(EmbeddedCardDetector), "paid with 4111 1111 1111 1111, refused")]
    [InlineData(typeof(EmbeddedIbanDetector), "refund to DE89 3704 0044 0532 0130 00 PLEASE")]
    public void Parts_of_texts(Type detector, string value) =>
        Assert.Equal(ValueMatch.Match, Assert.Single(PiiDetectors.All, candidate => candidate.GetType() == detector).Look(value));

    [Theory]
    [InlineData("order 4539 of 2026-06-30 is late")]
    [InlineData("error at user@host in icon@2x.png")]
    [InlineData("version 1.2.3 since +15 days")]
    [InlineData("hash 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    [InlineData("no number at all")]
    public void Texts_with_nothing_in_them(string value) =>
        Assert.All(
            PiiDetectors.All.Where(detector => detector.Kind == PiiKind.FreeText),
            detector => Assert.NotEqual(ValueMatch.Match, detector.Look(value)));

    // Whatever a column holds, a detector has an answer.
    [Theory]
    [InlineData("\ud83d\ude00")]
    [InlineData("\ud83d")]
    [InlineData("\0")]
    [InlineData("-")]
    [InlineData("@")]
    [InlineData("<@>")]
    [InlineData("+")]
    [InlineData(",")]
    [InlineData(".")]
    [InlineData("von")]
    [InlineData("::")]
    [InlineData("...")]
    [InlineData("٠١٢٣٤٥٦٧٨٩")]
    public void Odd_values(string value)
    {
        Assert.All(PiiDetectors.All, detector => Assert.NotEqual(ValueMatch.Match, detector.Look(value)));
        Assert.All(
            PiiDetectors.All,
            detector => Assert.True(detector.Look(string.Concat(Enumerable.Repeat(value, 5000))) is var match && Enum.IsDefined(match)));
        Assert.NotNull(PiiMask.Of(value));
    }

    private static string WithOtherLast(string number) =>
        char.IsAsciiDigit(number[^1])
            ? $"{number[..^1]}{(number[^1] - '0' + 1) % 10}"
            : $"{number[..^1]}{(char)(number[^1] == 'Z' ? 'A' : number[^1] + 1)}";
}
