using System.Globalization;

namespace LoyaltyPipeline.Module.Tests.Formatting;

/// <summary>
/// A culture in which PowerShell wraps texts between words; it does so by the language, and elsewhere cuts words. Numbers and days are
/// those of the invariant culture. Public: a script makes it its own.
/// </summary>
public sealed class EnglishTexts() : CultureInfo(string.Empty)
{
    /// <summary>English.</summary>
    public override string TwoLetterISOLanguageName => "en";
}
