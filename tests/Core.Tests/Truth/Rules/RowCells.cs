using System.Linq.Expressions;

namespace LoyaltyPipeline.Core.Tests.Truth;

/// <summary>Gets the cells of rows by the names of their columns.</summary>
internal static class RowCells
{
    /// <summary>What a table or column is called in C#.</summary>
    public static string PropertyName(string name) => string.Concat(
        name.Split('_').Select(word => char.IsDigit(word[0]) ? word : word[..1] + word[1..].ToLowerInvariant()));

    public static Func<TRow, object?> Getter<TRow>(string column)
    {
        var row = Expression.Parameter(typeof(TRow));
        var cell = Expression.Property(row, PropertyName(column));
        return Expression.Lambda<Func<TRow, object?>>(Expression.Convert(cell, typeof(object)), row).Compile();
    }
}
