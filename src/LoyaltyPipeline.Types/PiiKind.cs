namespace LoyaltyPipeline;

/// <summary>What personal data a column seems to hold.</summary>
public enum PiiKind
{
    /// <summary>E-mail addresses.</summary>
    Email,

    /// <summary>Telephone numbers, with or without country code.</summary>
    Phone,

    /// <summary>Numbers of payment cards.</summary>
    CardNumber,

    /// <summary>Numbers of bank accounts (IBAN).</summary>
    Iban,

    /// <summary>Numbers that a state gives to a person.</summary>
    NationalId,

    /// <summary>Names of persons.</summary>
    PersonName,

    /// <summary>IP addresses, of version 4 or 6.</summary>
    IpAddress,

    /// <summary>Places, as degrees of latitude and longitude.</summary>
    Coordinates,

    /// <summary>Texts in which an address, a number of a telephone, a card or an account stands.</summary>
    FreeText,
}
