namespace LoyaltyPipeline.Core.Catalog;

/// <summary>The class of personal data a column holds.</summary>
public enum PersonalData
{
    /// <summary>None.</summary>
    None,

    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>The name of a person.</summary>
    Name,

    /// <summary>A telephone number.</summary>
    Phone,
}
