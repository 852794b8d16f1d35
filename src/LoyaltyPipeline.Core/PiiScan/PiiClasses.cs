using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.PiiScan;

/// <summary>Which classes of the catalog cover which kinds.</summary>
internal static class PiiClasses
{
    /// <summary>
    /// Whether a column that is declared so may hold the kind. Kinds that the catalog has no class for are declared by none; a text in
    /// which something personal stands, by any.
    /// </summary>
    public static bool Declares(PersonalData declared, PiiKind kind) => declared != PersonalData.None && kind switch
    {
        PiiKind.Email => declared == PersonalData.Email,
        PiiKind.Phone => declared == PersonalData.Phone,
        PiiKind.PersonName => declared == PersonalData.Name,
        PiiKind.FreeText => true,
        _ => false,
    };
}
