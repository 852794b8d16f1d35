using LoyaltyPipeline.Core.Catalog;

namespace LoyaltyPipeline.Core.Redaction;

/// <summary>
/// What becomes of each class of personal data. Without another word addresses and numbers are hashed and names left out.
/// </summary>
/// <param name="Email">Addresses.</param>
/// <param name="Name">Names of persons.</param>
/// <param name="Phone">Telephone numbers.</param>
/// <param name="SaltVariable">The environment variable that holds the salt of hashes and the secret of HMAC; null for none.</param>
/// <param name="Hashing">Whose rules SHA-256 follows; null for those of this module.</param>
/// <param name="DefaultRegion">
/// The country, by its code of two letters in upper case, of telephone numbers that do not say theirs; null for none.
/// </param>
public sealed record RedactionPolicy(
    RedactionMethod Email = RedactionMethod.Sha256,
    RedactionMethod Name = RedactionMethod.Drop,
    RedactionMethod Phone = RedactionMethod.Sha256,
    string? SaltVariable = null,
    HashingRules? Hashing = null,
    string? DefaultRegion = null)
{
    /// <summary>What does not fit together: the setting, and what is wrong with it; null where all is well.</summary>
    internal (string Setting, string Reason)? Problem
    {
        get
        {
            var methods = Methods;
            if (Array.Find(methods[..2], item => item.Method == RedactionMethod.E164).Setting is { } noNumber)
                return (noNumber, $"'{noNumber}' cannot be e164, which is a form of telephone numbers; write another method");
            if (Hashing is { } rules && SaltVariable is not null)
                return ("hashing", $"'hashing: {rules.ToString().ToLowerInvariant()}' is of hashes without a salt: {rules} finds nobody by "
                    + "salted ones; take away 'salt_variable' or 'hashing'");
            return SaltVariable is null && Array.Find(methods, item => item.Method == RedactionMethod.Hmac).Setting is { } open
                ? (open, $"'{open}: hmac' needs a secret; name the environment variable that holds it with 'salt_variable'"
                    + (Hashing is null ? string.Empty : ", and take away 'hashing', which has none"))
                : null;
        }
    }

    /// <summary>
    /// What cannot stand in the views and masking policies of a warehouse: their text is read by whoever reads them, and is run by
    /// programs that have no functions of this process. The setting, and the reason; null where all is well.
    /// </summary>
    internal (string Setting, string Reason)? StoredProblem
    {
        get
        {
            const string OtherMethods = "write sha256, mask, generalize or drop";
            const string IsRead = "would stand in the text of views and masking policies, which they can read";
            const string NoFunction = "no engine reads telephone numbers, and other programs have no function that does";
            if (Array.Find(Methods, item => item.Method == RedactionMethod.Hmac).Setting is { } keyed)
                return (keyed, $"'{keyed}: hmac' cannot be what readers are shown: its secret {IsRead}; {OtherMethods}");
            if (SaltVariable is not null)
                return ("salt_variable", $"'salt_variable' cannot be of what readers are shown: the salt {IsRead}; take it away");
            if (Phone == RedactionMethod.E164)
                return ("phone", $"'phone: e164' cannot be what readers are shown: {NoFunction}; {OtherMethods}");
            if (Hashing is { } rules && Phone == RedactionMethod.Sha256)
                return ("hashing", $"'hashing: {rules.ToString().ToLowerInvariant()}' cannot be of telephone numbers that readers are "
                    + $"shown: it hashes them as E.164, {NoFunction}; write 'phone:' with mask, generalize or drop, or take 'hashing' away");
            return DefaultRegion is not null
                ? ("default_region",
                    "'default_region' cannot be of what readers are shown, where no telephone numbers are read; take it away")
                : Problem;
        }
    }

    private (string Setting, RedactionMethod Method)[] Methods => [("email", Email), ("name", Name), ("phone", Phone)];

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
