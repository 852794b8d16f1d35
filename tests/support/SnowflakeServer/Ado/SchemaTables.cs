using System.Data;
using System.Data.Common;
using LoyaltyPipeline.SnowflakeSupport.Results;

namespace LoyaltyPipeline.SnowflakeSupport.Ado;

/// <summary>Describes the columns of a result as ADO.NET wants it.</summary>
internal static class SchemaTables
{
    /// <summary>Describes columns.</summary>
    /// <param name="typeOf">The type of each.</param>
    public static DataTable Create(IReadOnlyList<ResultColumn> columns, Func<int, Type> typeOf)
    {
        var table = new DataTable("SchemaTable");
        table.Columns.Add(SchemaTableColumn.ColumnName, typeof(string));
        table.Columns.Add(SchemaTableColumn.ColumnOrdinal, typeof(int));
        table.Columns.Add(SchemaTableColumn.ColumnSize, typeof(int));
        table.Columns.Add(SchemaTableColumn.NumericPrecision, typeof(int));
        table.Columns.Add(SchemaTableColumn.NumericScale, typeof(int));
        table.Columns.Add(SchemaTableColumn.DataType, typeof(Type));
        table.Columns.Add(SchemaTableColumn.AllowDBNull, typeof(bool));
        for (var i = 0; i < columns.Count; i++)
            table.Rows.Add(columns[i].Name, i, 0, columns[i].Precision, columns[i].Scale, typeOf(i), true);
        return table;
    }
}
