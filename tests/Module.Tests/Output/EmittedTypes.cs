using LoyaltyPipeline.Module.Tests.Support;

namespace LoyaltyPipeline.Module.Tests.Output;

/// <summary>The module's own types among those that its cmdlets declare to emit, and among their properties.</summary>
internal static class EmittedTypes
{
    public static IReadOnlyList<Type> Find()
    {
        using var session = new ModuleRunspace();
        var found = new HashSet<Type>();
        var open = new Queue<Type>(
            session.Run("(Get-Command -Module LoyaltyPipeline).OutputType.ForEach{ $_.Type }").Succeeded().Output.Cast<Type>());
        while (open.TryDequeue(out var type))
        {
            if (!type.FullName!.StartsWith("LoyaltyPipeline.", StringComparison.Ordinal) || !found.Add(type))
                continue;
            foreach (var property in type.GetProperties())
                Parts(property.PropertyType).ToList().ForEach(open.Enqueue);
        }

        return [.. found.OrderBy(type => type.FullName, StringComparer.Ordinal)];
    }

    /// <summary>A type and what it is a list or a dictionary of, or can be null of.</summary>
    public static IEnumerable<Type> Parts(Type type) => type.GetGenericArguments().SelectMany(Parts).Prepend(type);
}
