using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.Redaction;

/// <summary>
/// What becomes of each class of personal data. Without another word addresses and numbers are hashed and names left out.
/// </summary>
/// <param name="Email">Addresses.</param>
/// <param name="Name">Names of persons.</param>
/// <param name="Phone">Telephone numbers.</param>
/// <param name="SaltVariable">The environment variable that holds the salt of hashes; null for none.</param>
public sealed record RedactionPolicy(
    RedactionMethod Email = RedactionMethod.Sha256,
    RedactionMethod Name = RedactionMethod.Drop,
    RedactionMethod Phone = RedactionMethod.Sha256,
    string? SaltVariable = null)
{
    /// <summary>The method for a column.</summary>
    /// <returns>The method; what is no personal data is kept.</returns>
    public RedactionMethod For(CatalogColumn column) => For(column.PersonalData);

    /// <summary>The method for a class of personal data.</summary>
    /// <returns>The method; <see cref="RedactionMethod.Keep"/> for no personal data.</returns>
    public RedactionMethod For(PersonalData kind) => kind switch
    {
        PersonalData.Email => Email,
        PersonalData.Name => Name,
        PersonalData.Phone => Phone,
        _ => RedactionMethod.Keep,
    };
}
