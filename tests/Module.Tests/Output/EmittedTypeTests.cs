using System.Collections;
using System.Reflection;

namespace LoyaltyPipeline.Module.Tests.Output;

/// <summary>The shape of what cmdlets emit: what Get-Member shows of it is of use to a script.</summary>
public sealed class EmittedTypeTests
{
    private static readonly IReadOnlyList<Type> Classes = [.. EmittedTypes.Find().Where(type => !type.IsEnum)];

    [Fact]
    public void All_are_found()
    {
        Assert.True(Classes.Count >= 25, string.Join(", ", Classes));
        Assert.Contains(Classes, type => type.Name == "StepLog");
        Assert.Contains(Classes, type => type.Name == "ManifestFile");
    }

    [Fact]
    public void They_are_sealed_classes_without_the_members_of_a_record() => Assert.All(Classes, type =>
    {
        Assert.True(type.IsSealed && type.IsClass, type.FullName);
        Assert.DoesNotContain(type.GetMethods(), method => method.Name is "<Clone>$" or "Deconstruct" or "op_Equality");
    });

    [Fact]
    public void No_property_can_be_set() => Assert.All(
        Classes.SelectMany(type => type.GetProperties()),
        property => Assert.False(property.SetMethod is { IsPublic: true }, $"{property.DeclaringType}.{property.Name}"));

    // Of a list that the compiler makes for an interface, PowerShell finds no element by its number.
    [Fact]
    public void Lists_and_dictionaries_are_of_types_that_PowerShell_indexes() => Assert.All(
        Classes.SelectMany(type => type.GetProperties()).Where(IsCollection),
        property => Assert.True(
            EmittedTypes.Parts(property.PropertyType).Where(IsCollection).All(IsIndexed),
            $"{property.DeclaringType}.{property.Name} is declared as {property.PropertyType.Name}"));

    [Fact]
    public void Days_are_DateTime_and_segments_are_text() => Assert.All(Classes.SelectMany(type => type.GetProperties()), property =>
        Assert.DoesNotContain(
            EmittedTypes.Parts(property.PropertyType),
            part => part == typeof(DateOnly) || part == typeof(TimeOnly) || part.Name == "EngagementSegment"));

    private static bool IsCollection(PropertyInfo property) => IsCollection(property.PropertyType);

    private static bool IsCollection(Type type) => type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type);

    private static bool IsIndexed(Type type) => type is { IsInterface: false } && (type.IsArray || type.GetDefaultMembers().Length > 0);
}
