using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using LoyaltyPipeline.Core.Catalog;
using LoyaltyPipeline.Core.Errors;

namespace LoyaltyPipeline.Core.Configuration.Consumers;

/// <summary>A place in a stage, as <c>@STAGE/path</c>.</summary>
/// <param name="Stage">The stage, with its schema.</param>
/// <param name="Path">The path within it, without slashes at its ends; empty for the stage itself.</param>
public sealed partial record StageLocation(string Stage, string Path)
{
    /// <summary>Reads a place.</summary>
    /// <param name="text">For example <c>@MARKETING_STAGE/loyalty</c>; a stage without a schema is one of LOYALTY.</param>
    /// <exception cref="LoyaltyException"><c>StageInvalid</c>.</exception>
    public static StageLocation Parse(string text) =>
        TryParse(text, out var location) ? location : throw LoyaltyErrors.StageInvalid.Because(Problem(text), text);

    /// <summary>Reads a place.</summary>
    /// <param name="location">What it was found to be.</param>
    /// <returns>Whether it is a place in a stage.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out StageLocation? location)
    {
        var match = Pattern().Match(text);
        var stage = match.Groups["stage"].Value;
        location = match.Success
            ? new StageLocation(
                stage.Contains('.', StringComparison.Ordinal) ? stage : $"{LoyaltyCatalog.WarehouseSchema}.{stage}",
                match.Groups["path"].Value.Trim('/'))
            : null;
        return location is not null;
    }

    /// <summary>What is wrong with a text that is no place in a stage.</summary>
    public static string Problem(string text) =>
        $"'{text}' is no place in a stage; write @STAGE, @SCHEMA.STAGE or @DATABASE.SCHEMA.STAGE, names without quotes, and a path of letters, digits, '_', '-', '.' and '=' behind it, such as @MARKETING_STAGE/loyalty";

    /// <summary>The location of a file, or of all whose keys begin alike.</summary>
    /// <param name="key">The key, from the place on.</param>
    /// <returns>For example <c>@LOYALTY.MARKETING_STAGE/loyalty/key</c>.</returns>
    public string At(string key) => Path.Length == 0 ? $"@{Stage}/{key}" : $"@{Stage}/{Path}/{key}";

    /// <inheritdoc/>
    public override string ToString() => Path.Length == 0 ? $"@{Stage}" : $"@{Stage}/{Path}";

    [GeneratedRegex(
        @"^@(?<stage>(?:[A-Za-z_][A-Za-z0-9_$]*\.){0,2}[A-Za-z_][A-Za-z0-9_$]*)(?<path>(?:/[A-Za-z0-9_=.-]+)*/?)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
