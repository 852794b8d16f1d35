using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.Redaction;

/// <summary>Hides personal data where a sample of rows is shown.</summary>
public static class PersonalDataMask
{
    /// <summary>What is shown instead of personal data.</summary>
    public const string Masked = "***";

    /// <summary>A value as it may be shown.</summary>
    /// <returns>The value itself, or <see cref="Masked"/> where the catalog calls the column personal data; null stays null.</returns>
    public static object? Apply(CatalogColumn column, object? value) =>
        value is null || column.PersonalData == PersonalData.None ? value : Masked;
}
