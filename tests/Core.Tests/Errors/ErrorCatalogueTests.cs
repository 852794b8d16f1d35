using System.Reflection;
using LoyaltyPipeline.Core.Errors;
using Xunit;

namespace LoyaltyPipeline.Core.Tests.Errors;

/// <summary>Scripts match on error ids, and people read remedies.</summary>
public sealed class ErrorCatalogueTests
{
    private static readonly List<FieldInfo> Fields = [.. typeof(LoyaltyErrors).GetFields(BindingFlags.Public | BindingFlags.Static)];

    [Fact]
    public void Every_entry_is_listed_under_its_own_name()
    {
        Assert.NotEmpty(Fields);
        Assert.All(Fields, field => Assert.Equal(field.Name, Assert.IsType<ErrorDefinition>(field.GetValue(null)).Id));
        Assert.Equal(
            Fields.Select(field => field.Name).Order(StringComparer.Ordinal), LoyaltyErrors.All.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Ids_are_PascalCase() => Assert.All(LoyaltyErrors.All.Keys, id => Assert.Matches("^([A-Z][a-z0-9]+)+$", id));

    [Fact]
    public void Every_entry_has_a_remedy_in_whole_sentences() =>
        Assert.All(LoyaltyErrors.All.Values, error => Assert.Matches(@"^[A-Z].{15,}\.$", error.Remedy));

    [Fact]
    public void An_occurrence_keeps_its_item_its_cause_and_a_remedy_of_its_own()
    {
        var cause = new InvalidOperationException("cause");
        var error = LoyaltyErrors.SourceMissing.Because("It is gone.", "item", "Look for it.", cause);

        Assert.Equal(("SourceMissing", "It is gone.", "Look for it.", "item"), (error.ErrorId, error.Message, error.Remedy, error.Target));
        Assert.Same(cause, error.InnerException);
        Assert.Equal(LoyaltyErrors.SourceMissing.Remedy, LoyaltyErrors.SourceMissing.Because("It is gone.").Remedy);
    }
}
