using LoyaltyPipeline.Core.Pii.Detectors;
using LoyaltyPipeline.Core.Pii.Detectors.NationalIds;

namespace LoyaltyPipeline.Core.Pii;

/// <summary>All detectors there are.</summary>
internal static class PiiDetectors
{
    /// <summary>The detectors, those of parts of a text last: what is personal as a whole is no text in which something stands.</summary>
    public static IReadOnlyList<IValueDetector> All { get; } =
    [
        new EmailDetector(),
        new CardNumberDetector(),
        new IbanDetector(),
        new InternationalPhoneDetector(needsName: false),
        new InternationalPhoneDetector(needsName: true),
        .. NationalPhoneDetector.Regions.Select(region => new NationalPhoneDetector(region, needsName: false)),
        .. NationalPhoneDetector.Regions.Select(region => new NationalPhoneDetector(region, needsName: true)),
        new BelgianRegister(),
        new BrazilianCpf(),
        new ChineseResidentId(),
        new DutchBsn(),
        new FinnishIdentity(),
        new FrenchNir(),
        new GermanTaxId(),
        new ItalianFiscalCode(),
        new NorwegianIdentity(),
        new PolishPesel(),
        new SouthAfricanId(),
        new SpanishIdentity(),
        new SwedishPersonnummer(),
        new GivenNameDetector(),
        new NamedPersonDetector(),
        new IpV4Detector(),
        new IpV6Detector(),
        new CoordinatePairDetector(),
        new CoordinateDetector(),
        new EmbeddedEmailDetector(),
        new EmbeddedPhoneDetector(),
        new EmbeddedCardDetector(),
        new EmbeddedIbanDetector(),
    ];
}
